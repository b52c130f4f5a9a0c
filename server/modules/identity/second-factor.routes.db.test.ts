import { randomBytes } from 'node:crypto';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { Enrolment, RecoveryCodes, SecondFactor } from '../../../contracts/signing.ts';
import { aConsole, testSeal } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { codeAt } from '../../../test/factories/one-time-code.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sealedFor } from './prove-signer.ts';

describe('one-time codes', () => {
  const database = aDatabase();
  const { db } = database;
  let now = new Date('2026-11-27T02:00:00Z');
  const app = aConsole(database, [], { clock: () => now });
  const ask = async (
    who: TestAccount,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ) => app.inject({ method, url, headers: await signIn(app, who), ...(payload ? { payload } : {}) });
  const begin = (who: TestAccount) =>
    ask(who, 'POST', '/api/session/second-factor', { password: who.password });
  const confirm = (who: TestAccount, code: string) =>
    ask(who, 'POST', '/api/session/second-factor/confirmation', { code });
  const stateOf = async (who: TestAccount) =>
    (await ask(who, 'GET', '/api/session/second-factor')).json<SecondFactor>();
  const someone = () =>
    anAccount(db, { roles: ['principal'], passwordChangedAt: new Date('2026-11-20T00:00:00Z') });

  async function enrolled() {
    const who = await someone();
    const { secret } = (await begin(who)).json<Enrolment>();
    const { codes } = (await confirm(who, codeAt(secret, now))).json<RecoveryCodes>();
    return { who, secret, codes };
  }

  it('are in use once the first code proved that the telephone has the secret', async () => {
    const who = await someone();
    expect(await stateOf(who)).toMatchObject({ state: 'off', recoveryCodesLeft: 0 });
    const { secret, qrCode } = (await begin(who)).json<Enrolment>();
    expect(qrCode).toContain('<svg');
    expect(await stateOf(who)).toMatchObject({ state: 'begun' });
    const wrong = await confirm(who, codeAt(secret, new Date(now.getTime() + 600_000)));
    expect(wrong.json()).toMatchObject({ status: 422, code: 'identity.proof-wrong' });
    const right = await confirm(who, codeAt(secret, now));
    expect(right.json<RecoveryCodes>().codes).toHaveLength(10);
    expect(await stateOf(who)).toMatchObject({ state: 'on', recoveryCodesLeft: 10 });
    expect((await begin(who)).json()).toMatchObject({ status: 409, code: 'identity.second-factor-present' });
  });

  it('lie sealed in the database, and the recovery codes as digests', async () => {
    const { who, secret, codes } = await enrolled();
    const { sealed_secret: sealed } = await db
      .selectFrom('identity.one_time_secret')
      .select('sealed_secret')
      .where('account_id', '=', who.id)
      .executeTakeFirstOrThrow();
    expect(sealed.toString('latin1')).not.toContain(secret);
    expect(testSeal.open(sealedFor(who.id), sealed)).toBe(secret);
    const rows = await db
      .selectFrom('identity.recovery_code')
      .select('digest')
      .where('account_id', '=', who.id)
      .execute();
    expect(rows.every(({ digest }) => digest.length === 32)).toBe(true);
    expect(rows.some(({ digest }) => codes.includes(digest.toString('latin1')))).toBe(false);
  });

  it('begin only with the right password, and a wrong one counts towards the lock-out', async () => {
    const who = await someone();
    const headers = await signIn(app, who);
    const wrong = () =>
      app.inject({
        method: 'POST',
        url: '/api/session/second-factor',
        headers,
        payload: { password: 'Wrong-Horse-58' },
      });
    for (let count = 0; count < 4; count += 1)
      expect((await wrong()).json()).toMatchObject({ code: 'identity.proof-wrong' });
    expect((await wrong()).json()).toMatchObject({ status: 403, code: 'identity.account-locked' });
    const refused = await db
      .selectFrom('audit.entry')
      .select('code')
      .where('actor_id', '=', who.id)
      .where('action', '=', 'identity.prove-signer')
      .execute();
    expect(refused).toHaveLength(5);
  });

  it('end by their owner with the password, or by an operator for another, never for themselves', async () => {
    const { who } = await enrolled();
    const operator = await anAccount(db, {
      roles: ['operator'],
      passwordChangedAt: new Date('2026-11-20T00:00:00Z'),
    });
    const url = (account: TestAccount) => `/api/accounts/${account.id}/second-factor`;
    expect((await ask(who, 'DELETE', url(who))).json()).toMatchObject({ code: 'identity.role-required' });
    expect((await ask(operator, 'DELETE', url(operator))).statusCode).toBe(403);
    expect((await ask(operator, 'DELETE', '/api/accounts/x/second-factor')).statusCode).toBe(400);
    expect((await ask(operator, 'DELETE', url(who))).statusCode).toBe(204);
    expect(await stateOf(who)).toMatchObject({ state: 'off', recoveryCodesLeft: 0 });
    now = new Date(now.getTime() + 60_000);
    const again = await enrolled();
    const end = (password: string) => ask(again.who, 'POST', '/api/session/second-factor/end', { password });
    expect((await end('Wrong-Horse-58')).statusCode).toBe(422);
    expect((await end(again.who.password)).statusCode).toBe(204);
    expect((await end(again.who.password)).json()).toMatchObject({ code: 'identity.second-factor-missing' });
  });
});

describe('the picture of a signature', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database);
  const url = '/api/session/signature-image';
  const picture = (format: 'png' | 'jpeg') =>
    sharp({ create: { width: 1200, height: 300, channels: 3, background: '#fff' } })
      .toFormat(format)
      .toBuffer();

  it('is a PNG of the own, made small, and seen by nobody else', async () => {
    const who = await anAccount(db, { roles: ['principal'] });
    const other = await anAccount(db, { roles: ['principal'] });
    const headers = await signIn(app, who);
    const put = (bytes: Buffer) =>
      app.inject({ method: 'PUT', url, headers, payload: { png: bytes.toString('base64') } });
    expect((await put(await picture('jpeg'))).json()).toMatchObject({
      code: 'identity.signature-image-wrong',
    });
    expect((await put(randomBytes(2_000))).statusCode).toBe(422);
    expect((await app.inject({ method: 'PUT', url, headers, payload: { png: '!' } })).statusCode).toBe(400);
    expect((await put(await picture('png'))).statusCode).toBe(204);
    const shown = await app.inject({ url, headers });
    expect(shown.headers['content-type']).toBe('image/png');
    expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ width: 600, height: 150 });
    expect((await app.inject({ url, headers: await signIn(app, other) })).json()).toMatchObject({
      code: 'identity.signature-image-missing',
    });
    expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(409);
  });
});
