import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';

import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, testPassword } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';

const database = aDatabase();
const { db } = database;
let now = new Date();
const app = aConsole(database, [], { clock: () => now });

beforeEach(() => {
  now = new Date();
});

const pass = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/session', payload: payload as object, headers });
const outcomeOf = (answer: { statusCode: number; body: string }) => [
  answer.statusCode,
  answer.body === '' ? null : (JSON.parse(answer.body) as { code?: string }).code,
];
const whoAmI = async (headers: Record<string, string>) =>
  outcomeOf(await app.inject({ url: '/api/session', headers }));
const auditOf = (login: string) =>
  db
    .selectFrom('audit.entry')
    .select(['result', 'code', 'actor_id'])
    .where('action', '=', 'identity.sign-in')
    .where(sql<boolean>`details->>'login' = ${login}`)
    .orderBy('seq')
    .execute();

describe('signing in', () => {
  it('opens a session with a cookie no script can read, and is recorded', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const answer = await post({ login: person.login, password: testPassword });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['set-cookie']).toMatch(
      /^jiyue_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.json()).toMatchObject({ accountId: person.id, mustChangePassword: false, idleMinutes: 30 });
    expect(await auditOf(person.login)).toEqual([{ result: 'done', code: null, actor_id: person.id }]);
  });

  it('stores no token that would open a session', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const { cookie } = await signIn(app, person);
    const row = await db
      .selectFrom('identity.session')
      .selectAll()
      .where('account_id', '=', person.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify({ ...row, token_digest: row.token_digest.toString('base64url') })).not.toContain(
      cookie.split('=')[1],
    );
  });

  it('ends the session this browser had before', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const former = await signIn(app, person);
    await post({ login: person.login, password: testPassword }, { cookie: former.cookie });
    expect(await whoAmI(former)).toEqual([401, 'identity.session-expired']);
  });

  it('says the same to a wrong password and to a login nobody has, and records both', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const wrong = await post({ login: person.login, password: 'Not-The-One-1' });
    const unknown = await post({ login: 'nobody.here', password: 'Not-The-One-1' });
    const shown = (answer: typeof wrong) => ({ ...answer.json<Record<string, unknown>>(), requestId: '' });
    expect(shown(wrong)).toEqual(shown(unknown));
    expect(wrong.statusCode).toBe(401);
    expect(await auditOf(person.login)).toEqual([
      { result: 'refused', code: 'identity.sign-in-refused', actor_id: person.id },
    ]);
    expect(await auditOf('nobody.here')).toEqual([
      { result: 'refused', code: 'identity.sign-in-refused', actor_id: 'anonymous' },
    ]);
  });

  it('keeps a password typed into the wrong field out of the record', async () => {
    await post({ login: 'My-Secret-Password-1', password: 'x' });
    const found = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'identity.sign-in')
      .execute();
    expect(JSON.stringify(found)).not.toContain('My-Secret');
  });

  it.each(['a real login', 'a login nobody has'])(
    'is locked after five failures on %s, then open again',
    async (kind) => {
      const person = await anAccount(db, { roles: ['editor'] });
      const login = kind === 'a real login' ? person.login : `nobody.${person.login}`;
      const codes: unknown[] = [];
      for (let n = 0; n < 6; n += 1) codes.push(outcomeOf(await post({ login, password: 'Not-The-One-1' })));
      const refused = [401, 'identity.sign-in-refused'];
      const locked = [403, 'identity.account-locked'];
      expect(codes).toEqual([refused, refused, refused, refused, locked, locked]);
      expect(outcomeOf(await post({ login, password: testPassword }))).toEqual(locked);
      pass(29);
      expect(outcomeOf(await post({ login, password: testPassword }))).toEqual(locked);
      pass(2);
      const after = await post({ login, password: testPassword });
      expect(after.statusCode).toBe(kind === 'a real login' ? 201 : 401);
    },
  );

  it('looks at no more than five of twenty guesses sent at once', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const guesses = Array.from({ length: 20 }, () =>
      post({ login: person.login, password: 'Not-The-One-1' }),
    );
    const codes = (await Promise.all(guesses)).map((answer) => outcomeOf(answer)[1]);
    expect(codes.filter((code) => code === 'identity.sign-in-refused')).toHaveLength(4);
    expect(codes.filter((code) => code === 'identity.account-locked')).toHaveLength(16);
  });

  it('starts counting again after a success, and forgets old failures', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const fail = async (times: number) => {
      for (let n = 0; n < times; n += 1) await post({ login: person.login, password: 'Not-The-One-1' });
    };
    await fail(4);
    await signIn(app, person);
    await fail(4);
    pass(31);
    await fail(4);
    expect((await post({ login: person.login, password: testPassword })).statusCode).toBe(201);
  });

  it('tells only who knows the password that the account is disabled', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    await db.updateTable('identity.account').set({ disabled_at: now }).where('id', '=', person.id).execute();
    expect(outcomeOf(await post({ login: person.login, password: 'Not-The-One-1' }))[1]).toBe(
      'identity.sign-in-refused',
    );
    expect(outcomeOf(await post({ login: person.login, password: testPassword }))).toEqual([
      403,
      'identity.account-disabled',
    ]);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ])('is refused when it comes from another site (%o)', async (headers) => {
    const answer = await post({ login: 'x', password: 'y' }, headers);
    expect(outcomeOf(answer)).toEqual([403, 'identity.cross-site-request']);
  });

  it.each([
    {},
    { login: 'a' },
    { login: 'a', password: 'b', role: 'operator' },
    { login: ['a'], password: 'b' },
    { login: 'a\u0000', password: 'b' },
    { login: 'a\ud800', password: 'b' },
    { login: 'a', password: 'b'.repeat(201) },
    'text',
    null,
    [],
  ])('is malformed with the body %j', async (body) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
    expect(outcomeOf(answer)).toEqual([400, 'request.malformed']);
  });

  it('is malformed with an unknown key in the query, or without a body', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/session?next=/',
      payload: { login: 'a', password: 'b' },
    });
    expect(outcomeOf(answer)).toEqual([400, 'request.malformed']);
    expect(outcomeOf(await app.inject({ method: 'POST', url: '/api/session' }))).toEqual([
      400,
      'request.malformed',
    ]);
  });

  it('is slowed down for one address', async () => {
    const strict = aConsole(database, [], { settings: { signInsPerMinute: 2 } });
    const codes: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      const payload = { login: 'nobody.limited', password: 'x' };
      codes.push(outcomeOf(await strict.inject({ method: 'POST', url: '/api/session', payload }))[0]);
    }
    expect(codes).toEqual([401, 401, 429]);
  });
});

describe('a session', () => {
  it('ends after thirty idle minutes and lives on with use', async () => {
    const headers = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    for (let n = 0; n < 4; n += 1) {
      pass(29);
      expect((await whoAmI(headers))[0]).toBe(200);
    }
    pass(30);
    expect(await whoAmI(headers)).toEqual([401, 'identity.session-expired']);
    now = new Date(now.getTime() - 30 * 60_000);
    expect(await whoAmI(headers)).toEqual([401, 'identity.session-expired']);
  });

  it('ends after twelve hours of use', async () => {
    const headers = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    for (let n = 0; n < 35; n += 1) {
      pass(20);
      expect((await whoAmI(headers))[0]).toBe(200);
    }
    pass(20);
    expect(await whoAmI(headers)).toEqual([401, 'identity.session-expired']);
  });

  it('is noted at most once a minute', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, person);
    const seen = async () => {
      const row = db
        .selectFrom('identity.session')
        .select('last_seen_at')
        .where('account_id', '=', person.id);
      return (await row.executeTakeFirstOrThrow()).last_seen_at.getTime();
    };
    const start = now.getTime();
    pass(0.5);
    await whoAmI(headers);
    expect(await seen()).toBe(start);
    pass(0.5);
    await whoAmI(headers);
    expect(await seen()).toBe(now.getTime());
  });

  it('is missing without a cookie or with one that is not ours', async () => {
    expect(await whoAmI({})).toEqual([401, 'identity.session-missing']);
    expect(await whoAmI({ cookie: 'jiyue_session=../../etc' })).toEqual([401, 'identity.session-missing']);
    expect(await whoAmI({ cookie: `jiyue_session=${'A'.repeat(43)}` })).toEqual([
      401,
      'identity.session-expired',
    ]);
  });

  it('ends here, or everywhere', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const [one, two, three] = [
      await signIn(app, person),
      await signIn(app, person),
      await signIn(app, person),
    ];
    const out = await app.inject({ method: 'DELETE', url: '/api/session', headers: one });
    expect([out.statusCode, out.headers['set-cookie']]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect([(await whoAmI(one))[0], (await whoAmI(two))[0]]).toEqual([401, 200]);
    expect((await app.inject({ method: 'DELETE', url: '/api/sessions', headers: two })).statusCode).toBe(204);
    expect([(await whoAmI(two))[0], (await whoAmI(three))[0]]).toEqual([401, 401]);
  });

  it.each([
    ['DELETE', '/api/session'],
    ['DELETE', '/api/sessions'],
    ['PUT', '/api/session/password'],
  ] as const)(
    '%s %s is refused without a session, without the token, and from another site',
    async (method, url) => {
      const person = await anAccount(db, { roles: ['editor'] });
      const { cookie, ...token } = await signIn(app, person);
      const ask = async (headers: Record<string, string>) =>
        outcomeOf(await app.inject({ method, url, headers }));
      expect(await ask({ ...token })).toEqual([401, 'identity.session-missing']);
      expect(await ask({ cookie })).toEqual([403, 'identity.csrf-token-wrong']);
      expect(await ask({ cookie, 'x-csrf-token': 'A'.repeat(43) })).toEqual([
        403,
        'identity.csrf-token-wrong',
      ]);
      expect(await ask({ cookie, ...token, 'sec-fetch-site': 'cross-site' })).toEqual([
        403,
        'identity.cross-site-request',
      ]);
      expect((await whoAmI({ cookie }))[0]).toBe(200);
      const recorded = await db
        .selectFrom('audit.entry')
        .select(['code', 'result'])
        .where('actor_id', '=', person.id)
        .where('action', '=', 'identity.authenticate')
        .orderBy('seq')
        .execute();
      expect(recorded.map((row) => row.code)).toEqual([
        'identity.csrf-token-wrong',
        'identity.csrf-token-wrong',
        'identity.cross-site-request',
      ]);
    },
  );
});

describe('changing the own password', () => {
  const change = async (headers: Record<string, string>, currentPassword: string, newPassword: string) =>
    outcomeOf(
      await app.inject({
        method: 'PUT',
        url: '/api/session/password',
        headers,
        payload: { currentPassword, newPassword },
      }),
    );
  const fresh = (n: number) => `Bemaku-Tasiru-${n}-Fo`;

  it('is forced at the first sign-in, and opens the rest', async () => {
    const person = await anAccount(db, { roles: ['principal'], mustChangePassword: true });
    const headers = await signIn(app, person);
    const units = async () => outcomeOf(await app.inject({ url: '/api/units', headers }));
    expect(await units()).toEqual([403, 'identity.password-change-required']);
    expect(await change(headers, testPassword, fresh(1))).toEqual([204, null]);
    expect((await units())[0]).toBe(200);
  });

  it('is due again after ninety days', async () => {
    const passwordChangedAt = new Date(now.getTime() - 90 * 86_400_000);
    const person = await anAccount(db, { roles: ['editor'], passwordChangedAt });
    const headers = await signIn(app, person);
    expect((await app.inject({ url: '/api/session', headers })).json()).toMatchObject({
      mustChangePassword: true,
    });
    expect((await app.inject({ url: '/api/units', headers })).statusCode).toBe(403);
  });

  it('ends every other session', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const [here, there] = [await signIn(app, person), await signIn(app, person)];
    expect((await change(here, testPassword, fresh(2)))[0]).toBe(204);
    expect([(await whoAmI(here))[0], (await whoAmI(there))[0]]).toEqual([200, 401]);
  });

  it('refuses a weak one, and the last five', async () => {
    const headers = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    expect(await change(headers, testPassword, 'Password123!')).toEqual([422, 'identity.password-weak']);
    let current = testPassword;
    for (const n of [11, 12, 13, 14, 15]) {
      expect(await change(headers, current, fresh(n))).toEqual([204, null]);
      current = fresh(n);
    }
    for (const n of [11, 12, 13, 14, 15]) {
      expect(await change(headers, current, fresh(n))).toEqual([422, 'identity.password-used-before']);
    }
    expect(await change(headers, current, fresh(16))).toEqual([204, null]);
    expect(await change(headers, fresh(16), fresh(11))).toEqual([204, null]);
  });

  it('counts wrong guesses of the current password like failed sign-ins, and records them', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, person);
    const codes: unknown[] = [];
    for (let n = 0; n < 6; n += 1) codes.push((await change(headers, 'Not-The-One-1', fresh(3)))[1]);
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('identity.password-wrong'));
    expect(codes.slice(4)).toEqual(Array(2).fill('identity.account-locked'));
    const refusals = await db
      .selectFrom('audit.entry')
      .select('seq')
      .where('actor_id', '=', person.id)
      .where('action', '=', 'identity.change-password')
      .where('result', '=', 'refused')
      .execute();
    expect(refusals).toHaveLength(6);
  });

  it.each([{}, { currentPassword: 'a', newPassword: 'b', more: 1 }])(
    'is malformed with %j',
    async (payload) => {
      const headers = await signIn(app, await anAccount(db, { roles: ['editor'] }));
      const answer = await app.inject({ method: 'PUT', url: '/api/session/password', headers, payload });
      expect(outcomeOf(answer)).toEqual([400, 'request.malformed']);
    },
  );
});
