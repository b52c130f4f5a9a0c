import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import type { Account, InitialPassword } from '../../../contracts/identity.ts';
import { aConsole } from '../../../test/app.ts';
import {
  anAccount,
  aUnit,
  signIn,
  type TestAccount,
  testPassword,
} from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database);
let operator: Record<string, string>;
let securityAdmin: Record<string, string>;
let logins = 0;

beforeAll(async () => {
  operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  securityAdmin = await signIn(app, await anAccount(db, { roles: ['security-admin'] }));
});

const headersOf = async (...roles: Role[]) => signIn(app, await anAccount(db, { roles }));
const outcomeOf = (answer: { statusCode: number; body: string }) => [
  answer.statusCode,
  (JSON.parse(answer.body) as { code?: string }).code,
];
const aNewAccount = async (wishes: object = {}) => {
  logins += 1;
  const unitId = (await aUnit(db)).id;
  return {
    unitId,
    login: `new.person${logins}`,
    realName: '李小红',
    phone: null,
    roles: ['editor'],
    ...wishes,
  };
};
const create = (payload: object, headers = operator) =>
  app.inject({ method: 'POST', url: '/api/accounts', headers, payload });
const change = (id: string, payload: object, headers = operator) =>
  app.inject({ method: 'PATCH', url: `/api/accounts/${id}`, headers, payload });
const act = (id: string, action: 'password-reset' | 'unlock', headers = operator) =>
  app.inject({ method: 'POST', url: `/api/accounts/${id}/${action}`, headers });
const list = async (query: string, headers = operator) => {
  const answer = await app.inject({ url: `/api/accounts?${query}`, headers });
  return answer.json<{ items: Account[]; nextCursor: string | null }>();
};
const isSignedIn = async (headers: Record<string, string>) =>
  (await app.inject({ url: '/api/session', headers })).statusCode === 200;

describe('the list of accounts', () => {
  it('shows a principal the people of the own unit and below, and nobody else', async () => {
    const unit = await aUnit(db);
    const principal = await anAccount(db, { unit, roles: ['principal'], login: 'b.principal' });
    const below = await anAccount(db, {
      unit: await aUnit(db, { parent: unit }),
      roles: ['editor'],
      login: 'c.below',
    });
    const other = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, principal);
    expect((await list('', headers)).items.map((one) => one.id)).toEqual([principal.id, below.id]);
    const hidden = await app.inject({ url: `/api/accounts?unitId=${other.unitId}`, headers });
    expect(outcomeOf(hidden)).toEqual([404, 'identity.unit-out-of-scope']);
  });

  it('is paged by login, each account once, and searched by login and name', async () => {
    const unit = await aUnit(db);
    const made: TestAccount[] = [];
    for (let n = 0; n < 5; n += 1)
      made.push(await anAccount(db, { unit, roles: ['editor'], realName: `赵_${n}` }));
    const first = await list(`unitId=${unit.id}&limit=3`);
    const second = await list(`unitId=${unit.id}&limit=3&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map((one) => one.login)).toEqual(
      made.map((one) => one.login).sort(),
    );
    expect(second.nextCursor).toBeNull();
    expect((await list(`unitId=${unit.id}&q=${encodeURIComponent('赵_3')}`)).items).toHaveLength(1);
    expect((await list(`unitId=${unit.id}&q=${encodeURIComponent('%')}`)).items).toHaveLength(0);
    expect((await list(`q=${made[0]?.login ?? ''}`)).items).toHaveLength(1);
  });

  it('is narrowed to those who hold a role and are not disabled, however many others come before', async () => {
    const unit = await aUnit(db);
    await anAccount(db, { unit, roles: ['editor'], login: 'd.editor' });
    const left = await anAccount(db, { unit, roles: ['reviewer'], login: 'e.left' });
    await change(left.id, { expectedVersion: 1, disabled: true });
    const reviewer = await anAccount(db, { unit, roles: ['editor', 'reviewer'], login: 'f.reviewer' });
    const { items } = await list(`unitId=${unit.id}&role=reviewer&limit=1`);
    expect(items.map((one) => one.id)).toEqual([reviewer.id]);
  });

  it.each<Role>(['editor', 'reviewer', 'responder', 'audit-admin'])(
    'is refused to the role %s',
    async (role) => {
      const answer = await app.inject({ url: '/api/accounts', headers: await headersOf(role) });
      expect(outcomeOf(answer)).toEqual([403, 'identity.role-required']);
    },
  );

  it('is closed without a session, to unknown keys and to made-up cursors', async () => {
    expect((await app.inject({ url: '/api/accounts' })).statusCode).toBe(401);
    for (const query of ['roles=editor', 'role=nobody', 'limit=101', 'unitId=x', `q=${'x'.repeat(41)}`]) {
      const answer = await app.inject({ url: `/api/accounts?${query}`, headers: operator });
      expect(outcomeOf(answer)).toEqual([400, 'request.malformed']);
    }
    const answer = await app.inject({ url: '/api/accounts?cursor=JTAw', headers: operator });
    expect(outcomeOf(answer)).toEqual([422, 'identity.cursor-wrong']);
  });
});

describe('adding an account', () => {
  it('answers with an initial password that must be changed, and keeps it out of the record', async () => {
    const wanted = await aNewAccount();
    const answer = await create(wanted);
    expect(answer.statusCode).toBe(201);
    const { accountId, initialPassword } = answer.json<InitialPassword>();
    const headers = await signIn(app, { login: wanted.login, password: initialPassword });
    expect((await app.inject({ url: '/api/session', headers })).json()).toMatchObject({
      mustChangePassword: true,
    });
    const entries = await db
      .selectFrom('audit.entry')
      .selectAll()
      .where('object_id', '=', accountId)
      .execute();
    expect(entries.map((entry) => entry.action)).toContain('identity.create-account');
    expect(JSON.stringify(entries)).not.toContain(initialPassword);
  });

  it('refuses a taken login, an unknown unit and roles that exclude each other', async () => {
    const { login } = await anAccount(db, { roles: ['editor'] });
    expect(outcomeOf(await create(await aNewAccount({ login })))).toEqual([409, 'identity.login-taken']);
    expect(outcomeOf(await create(await aNewAccount({ unitId: '999999' })))).toEqual([
      404,
      'identity.unit-not-found',
    ]);
    const roles = ['system-admin', 'audit-admin'];
    const answer = await create(await aNewAccount({ roles }), securityAdmin);
    expect(outcomeOf(answer)).toEqual([422, 'identity.roles-exclusive']);
  });

  it('with a platform role is for the security administrator alone, and no other for him', async () => {
    const refused = await create(await aNewAccount({ roles: ['supervisor'] }));
    expect(outcomeOf(refused)).toEqual([403, 'identity.role-grant-refused']);
    expect((await create(await aNewAccount({ roles: ['supervisor'] }), securityAdmin)).statusCode).toBe(201);
    expect(outcomeOf(await create(await aNewAccount(), securityAdmin))).toEqual([
      403,
      'identity.role-required',
    ]);
  });

  it.each<Role>(['editor', 'principal', 'liaison', 'supervisor', 'audit-admin'])(
    'is refused to the role %s',
    async (role) => {
      expect(outcomeOf(await create(await aNewAccount(), await headersOf(role)))).toEqual([
        403,
        'identity.role-required',
      ]);
    },
  );

  it('is refused without session or token', async () => {
    expect((await create(await aNewAccount(), {})).statusCode).toBe(401);
    const { cookie = '' } = operator;
    expect(outcomeOf(await create(await aNewAccount(), { cookie }))).toEqual([
      403,
      'identity.csrf-token-wrong',
    ]);
  });

  it.each([
    { password: 'x' },
    { login: 'Has Spaces' },
    { roles: [] },
    { roles: ['emperor'] },
    { roles: ['editor', 'editor'] },
    { phone: 'call me' },
    { realName: '' },
    { realName: '李\u0000红' },
  ])('is malformed with %j', async (wishes) => {
    expect(outcomeOf(await create(await aNewAccount(wishes)))).toEqual([400, 'request.malformed']);
  });
});

describe('changing an account', () => {
  it('changes name, telephone and roles, which count from the next request', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, person);
    const payload = {
      expectedVersion: 1,
      realName: '新名字',
      phone: '0792-8000000',
      roles: ['principal', 'editor'],
    };
    expect((await change(person.id, payload)).json()).toMatchObject({
      realName: '新名字',
      phone: '0792-8000000',
      roles: ['editor', 'principal'],
      version: 2,
    });
    expect((await app.inject({ url: '/api/accounts', headers })).statusCode).toBe(200);
  });

  it('ends the sessions when it disables, and lets nobody in until it enables', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, person);
    expect((await change(person.id, { expectedVersion: 1, disabled: true })).json()).toMatchObject({
      disabled: true,
    });
    expect(await isSignedIn(headers)).toBe(false);
    await expect(signIn(app, person)).rejects.toThrow('identity.account-disabled');
    expect((await change(person.id, { expectedVersion: 2, disabled: false })).statusCode).toBe(200);
    expect(await isSignedIn(await signIn(app, person))).toBe(true);
  });

  it('of somebody with a platform role is for the security administrator alone', async () => {
    const supervisor = await anAccount(db, { roles: ['supervisor'] });
    const refused = [403, 'identity.role-grant-refused'];
    expect(outcomeOf(await change(supervisor.id, { expectedVersion: 1, disabled: true }))).toEqual(refused);
    expect(outcomeOf(await act(supervisor.id, 'password-reset'))).toEqual(refused);
    expect(outcomeOf(await act(supervisor.id, 'unlock'))).toEqual(refused);
    const editor = await anAccount(db, { roles: ['editor'] });
    expect(outcomeOf(await change(editor.id, { expectedVersion: 1, roles: ['operator'] }))).toEqual(refused);
    const answer = await change(supervisor.id, { expectedVersion: 1, roles: ['operator'] }, securityAdmin);
    expect(answer.json()).toMatchObject({ roles: ['operator'] });
  });

  it('never changes the own roles, disables oneself or resets the own password', async () => {
    const own = await anAccount(db, { roles: ['security-admin'] });
    const headers = await signIn(app, own);
    const refused = [403, 'identity.own-account-refused'];
    expect(outcomeOf(await change(own.id, { expectedVersion: 1, roles: ['operator'] }, headers))).toEqual(
      refused,
    );
    expect(outcomeOf(await change(own.id, { expectedVersion: 1, disabled: true }, headers))).toEqual(refused);
    expect(outcomeOf(await act(own.id, 'password-reset', headers))).toEqual(refused);
    expect((await change(own.id, { expectedVersion: 1, phone: '8000000' }, headers)).statusCode).toBe(200);
  });

  it('refuses a stale version and shows the present one', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    await change(person.id, { expectedVersion: 1, realName: '先改的' });
    const answer = await change(person.id, { expectedVersion: 1, realName: '后改的' });
    expect(outcomeOf(answer)).toEqual([409, 'identity.account-changed']);
    expect(answer.json()).toMatchObject({ details: { current: { realName: '先改的', version: 2 } } });
  });

  it.each([{}, { expectedVersion: 1, login: 'other' }, { expectedVersion: 1, roles: [] }])(
    'is malformed with %j',
    async (payload) => {
      const person = await anAccount(db, { roles: ['editor'] });
      expect(outcomeOf(await change(person.id, payload))).toEqual([400, 'request.malformed']);
    },
  );
});

describe('resetting a password', () => {
  it('gives a new one to be changed, ends the sessions and lifts the lock', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, person);
    const answer = await act(person.id, 'password-reset');
    expect(answer.statusCode).toBe(201);
    expect(await isSignedIn(headers)).toBe(false);
    await expect(signIn(app, person)).rejects.toThrow('identity.sign-in-refused');
    const { initialPassword } = answer.json<InitialPassword>();
    const again = await signIn(app, { login: person.login, password: initialPassword });
    expect((await app.inject({ url: '/api/units', headers: again })).statusCode).toBe(403);
  });
});

describe('unlocking an account', () => {
  it('lets the person in again', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    for (let n = 0; n < 5; n += 1) {
      const payload = { login: person.login, password: 'Not-The-One-1' };
      await app.inject({ method: 'POST', url: '/api/session', payload });
    }
    await expect(signIn(app, person)).rejects.toThrow('identity.account-locked');
    const [shown] = (await list(`q=${person.login}`)).items;
    expect(shown?.lockedUntil).not.toBeNull();
    expect((await act(person.id, 'unlock')).json()).toMatchObject({ lockedUntil: null });
    expect(await isSignedIn(await signIn(app, { login: person.login, password: testPassword }))).toBe(true);
  });
});

describe.each([
  ['PATCH', '', { expectedVersion: 1 }],
  ['POST', '/password-reset', undefined],
  ['POST', '/unlock', undefined],
] as const)('%s /api/accounts/:id%s', (method, path, payload) => {
  const ask = async (id: string, headers: Record<string, string>, query = '') => {
    const body = payload ? { payload } : {};
    return outcomeOf(
      await app.inject({ method, url: `/api/accounts/${id}${path}${query}`, headers, ...body }),
    );
  };

  it('is refused to a principal of the same unit, who learns nothing of which accounts exist', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(
      app,
      await anAccount(db, { unit: { id: person.unitId }, roles: ['principal'] }),
    );
    expect(await ask(person.id, headers)).toEqual([403, 'identity.role-required']);
    expect(await ask('999999', headers)).toEqual([403, 'identity.role-required']);
  });

  it('is refused without session or token', async () => {
    const person = await anAccount(db, { roles: ['editor'] });
    const { cookie = '' } = operator;
    expect(await ask(person.id, {})).toEqual([401, 'identity.session-missing']);
    expect(await ask(person.id, { cookie })).toEqual([403, 'identity.csrf-token-wrong']);
  });

  it('finds no account that does not exist, and takes no id that is none', async () => {
    expect(await ask('999999', operator)).toEqual([404, 'identity.account-not-found']);
    expect(await ask('1e3', operator)).toEqual([400, 'request.malformed']);
    expect(await ask('1', operator, '?force=1')).toEqual([400, 'request.malformed']);
  });
});
