import { createServer } from 'node:http';

import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { HostStanding } from '../../../contracts/link-check.ts';
import type { Catalogue, Column, ColumnWays } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aStage,
  atlasOptions,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory, type MemoryPages } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { checkLinks, remindOfUpdates, sitesRoutes } from './index.ts';

type Headers = Record<string, string>;
interface Call {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT';
  readonly url: string;
  readonly payload?: object;
}

describe('a column that is kept elsewhere', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const rulings = new Map<string, HostStanding>();
  const standingOfHost = (_db: unknown, host: string) => Promise.resolve(rulings.get(host));
  const app = aConsole({ db }, [sitesRoutes(atlasOptions(), standingOfHost)]);
  let district: TestDistrict;
  let pages: MemoryPages;
  let operator: Headers;
  let editor: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    const unit = district.office;
    operator = await signIn(app, await anAccount(db, { unit, roles: ['operator'] }));
    editor = await signIn(app, await anAccount(db, { unit, roles: ['editor'] }));
    pages = inMemory(db);
    await pages.rebuild();
  });

  const ask = async <T>(headers: Headers, call: Call, status = 200): Promise<T> => {
    const answer = await app.inject({ ...call, headers });
    expect(answer.statusCode, answer.body).toBe(status);
    return answer.json<T>();
  };
  const refusal = async (headers: Headers, call: Call): Promise<string> => {
    const answer = await app.inject({ ...call, headers });
    expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
    return answer.json<Problem>().code;
  };
  const pageAt = async (path: string): Promise<string> => {
    await pages.follow();
    return pages.shown.get(`${district.portal.id}${path}`) ?? '';
  };
  const exact = async (): Promise<void> => {
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  };
  const link = (columnId: string, payload: object) =>
    ({ method: 'PUT', url: `/api/columns/${columnId}/link`, payload }) as const;
  const kept = 'https://zwfw.jiangxi.gov.cn/xunyang/';

  it('without entries comes into the navigation, and stands on the page of its channel', async () => {
    const site = district.portal;
    const channel = await aColumn(stage, { site, kind: 'channel', name: '政务服务', hiddenWhenEmpty: true });
    const child = await aColumn(stage, { site, parent: channel, name: '行政审批' });
    expect(await pageAt(channel.path)).toBe('');
    await ask(operator, link(child.id, { url: kept }));
    const page = await pageAt(channel.path);
    expect(page).toContain('行政审批');
    expect(page).toContain(`href="${kept}"`);
    await exact();

    const target = await aColumn(stage, { site, name: '办事大厅' });
    const show = {
      method: 'PATCH',
      url: `/api/columns/${target.id}`,
      payload: { inNavigation: true, expectedVersion: 1 },
    } as const;
    expect(await refusal(operator, show)).toBe('sites.column-empty');
    expect((await ask<ColumnWays>(operator, link(target.id, { url: kept }))).link).toMatchObject({
      url: kept,
      checkedAt: null,
    });
    expect(await ask<Column>(operator, show)).toMatchObject({ inNavigation: true });
    for (const path of ['/', '/sitemap.html', channel.path])
      expect(await pageAt(path)).toContain(`href="${kept}"`);
    await exact();

    await ask(operator, link(child.id, { url: null }));
    expect(await pageAt(channel.path)).toBe('');
    await ask(operator, link(target.id, { url: null }));
    expect(await pageAt('/')).not.toContain(kept);
    await exact();
  });

  it('waits for no update, and its entry in the catalogue says so', async () => {
    const { id } = await aColumn(stage, { site: district.portal, name: '服务指南', updateDays: 7 });
    const state = async () => {
      const url = `/api/sites/${district.portal.id}/catalogue`;
      const { entries } = await ask<Catalogue>(operator, { method: 'GET', url });
      return entries.find((one) => one.columnId === id)?.state;
    };
    expect(await state()).toBe('empty');
    await ask(operator, link(id, { url: kept }));
    expect([await state(), await remindOfUpdates(db, new Date())]).toEqual([null, 0]);
    await ask(operator, link(id, { url: null }));
    expect(await remindOfUpdates(db, new Date())).toBe(1);
  });

  it('to whoever is no government needs a reason, and warns', async () => {
    const { id: target } = await aColumn(stage, { site: district.portal, name: '合作媒体' });
    const outside = 'https://news.example.com/';
    expect(await refusal(operator, link(target, { url: 'http://www.gov.cn/' }))).toBe('sites.link-wrong');
    expect(await refusal(operator, link(target, { url: 'https://a:b@www.gov.cn/' }))).toBe(
      'sites.link-wrong',
    );
    expect(await refusal(operator, link(target, { url: outside }))).toBe('sites.link-reason-missing');
    expect(await refusal(editor, link(target, { url: null }))).toBe('sites.operator-required');
    await ask(operator, link(target, { url: outside, reason: '区融媒体中心' }));
    expect(await pageAt('/sitemap.html')).toContain('/leaving?to=');
    await ask(operator, link(target, { url: null }));
  });

  it('leads to no forbidden host, and needs no other reason for an approved one', async () => {
    const { id: target } = await aColumn(stage, { site: district.portal, name: '合作平台' });
    rulings.set('shop.example.org', 'approved');
    const shop = 'https://shop.example.org/x';
    expect((await ask<ColumnWays>(operator, link(target, { url: shop }))).link).toMatchObject({
      reason: null,
    });
    const checker = { db, clock: () => new Date(), standingOfHost, allowPrivate: false };
    // Forbidden after it was linked to: whoever answers for the column is told.
    rulings.set('shop.example.org', 'blocked');
    await checkLinks(checker, new AbortController().signal);
    const { link: seen } = await ask<ColumnWays>(operator, {
      method: 'GET',
      url: `/api/columns/${target}/ways`,
    });
    expect(seen?.trouble).toBe('这个网站已列入禁止链接的名单');
    // No reason helps; another address is not known yet.
    const again = link(target, { url: shop, reason: '理由再充分也不行' });
    expect(await refusal(operator, again)).toBe('sites.link-blocked');
    const other = await ask<ColumnWays>(operator, link(target, { url: kept }));
    expect(other.link).toMatchObject({ trouble: null, checkedAt: null });
    await ask(operator, link(target, { url: null }));
  });

  it('is asked once a day whether it answers', async () => {
    const { id: target } = await aColumn(stage, { site: district.portal, name: '探活' });
    await ask(operator, link(target, { url: 'https://zwfw.jiangxi.gov.cn/' }));
    const answers = { status: 503 };
    const server = createServer((_request, response) => response.writeHead(answers.status).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    // Only https addresses can be set; what answers here has no certificate.
    await db
      .updateTable('sites.column_link')
      .set({ url: `https://127.0.0.1:${String(port)}/` })
      .where('column_id', '=', target)
      .execute();
    let now = new Date('2026-11-27T00:00:00Z');
    const look = (allowPrivate: boolean) =>
      checkLinks({ db, clock: () => now, standingOfHost, allowPrivate }, new AbortController().signal);
    const seen = async () =>
      (await ask<ColumnWays>(operator, { method: 'GET', url: `/api/columns/${target}/ways` })).link;
    expect(await look(false)).toBe(1);
    expect(await seen()).toMatchObject({
      trouble: '网址指向内网，没有访问',
      failingSince: now.toISOString(),
    });
    expect(await look(true)).toBe(0);
    now = new Date('2026-11-28T00:00:01Z');
    expect(await look(true)).toBe(1);
    expect(await seen()).toMatchObject({
      trouble: '打不开：连接失败或超过 15 秒没有回应',
      failingSince: '2026-11-27T00:00:00.000Z',
    });
    server.close();
  });
});
