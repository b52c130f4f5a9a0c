import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { ApprovedEmblem, HostRuling } from '../../../contracts/link-check.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { hostTerms } from '../../../test/factories/proofreading.ts';
import { aDatabase } from '../../../test/harness.ts';
import { insertEmblem } from './emblem.queries.ts';
import { linkCheckRoutes, standingOfHost } from './index.ts';
import { loadLinkKnowledge } from './load-form-checkers.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database, [linkCheckRoutes]);
let operator: Record<string, string>;
let supervisor: Record<string, string>;

beforeAll(async () => {
  operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  supervisor = await signIn(app, await anAccount(db, { roles: ['supervisor'] }));
});

const post = (url: string, payload: object, headers = operator) =>
  app.inject({ method: 'POST', url, headers, payload });
async function refusalOf(answer: ReturnType<typeof post>): Promise<string> {
  const { statusCode, json } = await answer;
  return `${String(statusCode)} ${json<Problem>().code}`;
}

describe('hosts that texts may link to', () => {
  it('are approved with who agreed and when, known at once, and ended with a reason', async () => {
    const terms = hostTerms({ host: 'https://Shop.Example.com/a' });
    const made = await post('/api/host-rulings', terms);
    expect(made.statusCode, made.body).toBe(201);
    const ruling = made.json<HostRuling>();
    expect(ruling).toMatchObject({ ...terms, host: 'shop.example.com', endedAt: null });
    expect((await loadLinkKnowledge(db, [])).approved.has('shop.example.com')).toBe(true);
    const ended = await post(`/api/host-rulings/${ruling.id}/end`, { reason: '合作已经结束' });
    expect(ended.json<HostRuling>()).toMatchObject({ endReason: '合作已经结束' });
    expect((await loadLinkKnowledge(db, [])).approved.has('shop.example.com')).toBe(false);
    const list = await app.inject({ url: '/api/host-rulings', headers: supervisor });
    expect(list.json<{ items: readonly HostRuling[] }>().items.map(({ id }) => id)).toContain(ruling.id);
    const again = await post(`/api/host-rulings/${ruling.id}/end`, { reason: '合作已经结束' });
    expect(again.json<Problem>().code).toBe('proofreading.host-ruling-ended');
  });

  it('are ruled on once at a time', async () => {
    const terms = hostTerms();
    expect((await post('/api/host-rulings', terms)).statusCode).toBe(201);
    const again = post('/api/host-rulings', { ...terms, standing: 'blocked' });
    expect(await refusalOf(again)).toBe('409 proofreading.host-ruled');
  });

  it('are told of to others, with those below them; what is forbidden stays so under what is approved', async () => {
    await post('/api/host-rulings', hostTerms({ host: 'town.example.net' }));
    await post('/api/host-rulings', hostTerms({ host: 'shop.town.example.net', standing: 'blocked' }));
    await post('/api/host-rulings', hostTerms({ host: 'a.shop.town.example.net' }));
    const told = ['Town.example.net.', 'a.shop.town.example.net', 'b.town.example.net', 'example.net'];
    expect(await Promise.all(told.map((host) => standingOfHost(db, host)))).toEqual([
      'approved',
      'blocked',
      'approved',
      undefined,
    ]);
  });

  it('are host names of others, agreed on by today', async () => {
    const refusals = [
      ['not a host', '422 proofreading.host-wrong'],
      ['127.0.0.1', '422 proofreading.host-wrong'],
      ['www.jiujiang.gov.cn', '422 proofreading.host-of-government'],
    ] as const;
    for (const [host, code] of refusals)
      expect(await refusalOf(post('/api/host-rulings', hostTerms({ host })))).toBe(code);
    expect(await refusalOf(post('/api/host-rulings', hostTerms({ agreedOn: '2999-01-01' })))).toBe(
      '422 proofreading.agreed-later',
    );
    expect((await post('/api/host-rulings', { ...hostTerms(), more: 1 })).statusCode).toBe(400);
  });

  it('are kept by operators alone, and read by supervisors', async () => {
    expect(await refusalOf(post('/api/host-rulings', hostTerms(), supervisor))).toBe(
      '403 proofreading.host-keeper-required',
    );
    const editor = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    for (const url of ['/api/host-rulings', '/api/approved-emblems', '/api/dead-links']) {
      expect((await app.inject({ url, headers: editor })).statusCode).toBe(403);
      expect((await app.inject({ url: `${url}?unknown=1`, headers: operator })).statusCode).toBe(400);
    }
  });
});

describe('approved emblems', () => {
  it('are files that are there, and end with a reason', async () => {
    const unknown = post('/api/approved-emblems', { assetId: '999999', name: '国徽', reason: '标准图案' });
    expect(await refusalOf(unknown)).toBe('422 proofreading.emblem-file-unknown');
    const emblem = { digest: 'a'.repeat(64), name: '国徽', reason: '标准图案' };
    const id = await insertEmblem(db, emblem, { at: new Date(), byName: '测试' });
    const ended = await post(`/api/approved-emblems/${id ?? ''}/end`, { reason: '图案有误' });
    expect(ended.json<ApprovedEmblem>()).toMatchObject({ digest: emblem.digest, endReason: '图案有误' });
    expect(await refusalOf(post('/api/approved-emblems/999999/end', { reason: '图案有误' }))).toBe(
      '404 proofreading.emblem-not-found',
    );
  });
});
