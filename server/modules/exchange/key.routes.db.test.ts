import { beforeAll, describe, expect, it } from 'vitest';

import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import type { AccessKey, KeyTerms, NewKey } from '../../../contracts/exchange.ts';
import { exchangeRoutes } from './key.routes.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database, [exchangeRoutes]);
let operator: Readonly<Record<string, string>>;
let supervisor: Readonly<Record<string, string>>;

beforeAll(async () => {
  operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  supervisor = await signIn(app, await anAccount(db, { roles: ['supervisor'] }));
});

const terms: KeyTerms = {
  name: '市级检索平台',
  holder: '市大数据局 张三',
  unitIds: null,
  columnIds: null,
  types: ['policy'],
  fullText: false,
  perMinute: 60,
  perDay: 1_000,
  expiresAt: null,
};

const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, headers = operator) =>
  app.inject({ method, url, headers, ...(payload ? { payload } : {}) });

async function aKeyOf(part: Partial<KeyTerms> = {}): Promise<NewKey> {
  const answer = await send('POST', '/api/access-keys', { ...terms, ...part });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<NewKey>();
}

async function refusalOf(answer: ReturnType<typeof send>): Promise<string> {
  const { statusCode, json } = await answer;
  return `${String(statusCode)} ${json<Problem>().code}`;
}

describe('an access key', () => {
  it('is shown whole once, and stored as a digest only', async () => {
    const { key, secret } = await aKeyOf();
    expect(secret).toMatch(new RegExp(`^jiyue_${key.prefix}_[\\w-]{43}$`));
    const list = await send('GET', '/api/access-keys');
    expect(list.json<AccessKey[]>().map((one) => one.id)).toContain(key.id);
    expect(list.body).not.toContain(secret);
    const [row] = await db.selectFrom('exchange.access_key').selectAll().where('id', '=', key.id).execute();
    expect(JSON.stringify(row)).not.toContain(secret.slice(-20));
    const record = await db
      .selectFrom('audit.entry')
      .selectAll()
      .where('object_kind', '=', 'access-key')
      .where('object_id', '=', key.id)
      .execute();
    expect(record.map((one) => one.action)).toEqual(['exchange.create-key']);
    expect(JSON.stringify(record)).not.toContain(secret.slice(-20));
  });

  it('is changed by whoever has seen its newest state, and ends for good when it is revoked', async () => {
    const { key } = await aKeyOf();
    const unit = await aUnit(db);
    const url = `/api/access-keys/${key.id}`;
    const changed = await send('PUT', url, { ...terms, expectedVersion: 1, unitIds: [unit.id], perDay: 5 });
    expect(changed.json()).toMatchObject({ unitIds: [unit.id], perDay: 5, version: 2 });
    const stale = send('PUT', url, { ...terms, expectedVersion: 1 });
    expect(await refusalOf(stale)).toBe('409 exchange.key-changed');
    const revoked = await send('POST', `${url}/revocation`, { expectedVersion: 2, reason: '项目结束' });
    expect(revoked.json()).toMatchObject({ state: 'revoked', revocationReason: '项目结束' });
    const again = send('PUT', url, { ...terms, expectedVersion: 3 });
    expect(await refusalOf(again)).toBe('409 exchange.key-over');
  });

  it('cannot be made for what is not there, nor with an end in the past, nor revoked without a reason', async () => {
    const make = (part: object) => refusalOf(send('POST', '/api/access-keys', { ...terms, ...part }));
    expect(await make({ unitIds: ['999999'] })).toBe('422 exchange.scope-unknown');
    expect(await make({ columnIds: ['999999'] })).toBe('422 exchange.scope-unknown');
    expect(await make({ expiresAt: '2020-01-01T00:00:00Z' })).toBe('422 exchange.expiry-past');
    expect(await make({ unitIds: [] })).toBe('400 request.malformed');
    expect(await make({ surprise: true })).toBe('400 request.malformed');
    const { key } = await aKeyOf();
    const revocation = send('POST', `/api/access-keys/${key.id}/revocation`, {
      expectedVersion: 1,
      reason: '   ',
    });
    expect(await refusalOf(revocation)).toBe('422 exchange.reason-missing');
    const missing = send('POST', '/api/access-keys/999999/revocation', {
      expectedVersion: 1,
      reason: '没有',
    });
    expect(await refusalOf(missing)).toBe('404 exchange.key-not-found');
  });

  it('is seen by supervisors, who change nothing', async () => {
    const { key } = await aKeyOf();
    expect((await send('GET', '/api/access-keys', undefined, supervisor)).statusCode).toBe(200);
    const usage = await send('GET', `/api/access-keys/${key.id}/usage?days=7`, undefined, supervisor);
    expect(usage.json()).toEqual([]);
    const change = send('PUT', `/api/access-keys/${key.id}`, { ...terms, expectedVersion: 1 }, supervisor);
    expect(await refusalOf(change)).toBe('403 exchange.operator-required');
    expect(await refusalOf(send('GET', '/api/access-keys/999999/usage'))).toBe('404 exchange.key-not-found');
  });
});
