import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Facets, ResourcePage, SavedView } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  someContent,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from '../library/index.ts';
import { placedIn } from './index.ts';

type Headers = Record<string, string>;

describe('what the list can be narrowed by', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [
    libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1, placed: placedIn }),
  ]);
  let district: TestDistrict;
  let columnId: string;
  let office: Headers;
  let bureau: Headers;
  let operator: Headers;
  let policy: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal, name: '要闻' })).id;
    office = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    bureau = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
    operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    const unitId = district.office.id;
    policy = await aPublished(stage, district.actor, {
      unitId,
      type: 'policy',
      columnIds: [columnId],
      content: { writtenOn: '2019-05-01', validity: '废止', openMode: '依申请公开' },
    });
    await aDraft(stage, district.actor, { unitId, content: { producedOn: '2024-01-02' } });
    await aDraft(stage, district.actor, { unitId, content: { producedOn: '' } });
    await aDraft(stage, district.actor, { unitId: district.bureau.id });
  });

  const facets = async (headers: Headers, query = '') => {
    const answer = await app.inject({ url: `/api/resource-facets${query}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Facets>();
  };
  const list = async (headers: Headers, query: string) => {
    const answer = await app.inject({ url: `/api/resources${query}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<ResourcePage>();
  };

  it('is counted by every facet, within the own units', async () => {
    expect(await facets(office)).toEqual({
      unitId: [{ value: district.office.id, name: '区政府办公室', number: 3 }],
      type: [
        { value: 'article', name: '文章', number: 2 },
        { value: 'policy', name: '政策文件', number: 1 },
      ],
      stage: [
        { value: 'draft', name: '草稿', number: 2 },
        { value: 'live', name: '已发布', number: 1 },
      ],
      openMode: [
        { value: '主动公开', name: '主动公开', number: 2 },
        { value: '依申请公开', name: '依申请公开', number: 1 },
      ],
      validity: [{ value: '废止', name: '废止', number: 1 }],
      year: [
        { value: '2024', name: '2024年', number: 1 },
        { value: '2019', name: '2019年', number: 1 },
      ],
      columnId: [{ value: columnId, name: '测试区 要闻', number: 1 }],
      ...{ topic: [], genre: [], audience: [], lifeEvent: [], region: [], issuer: [] },
      capped: false,
    });
    expect((await facets(bureau)).unitId).toMatchObject([{ value: district.bureau.id, number: 1 }]);
    expect((await facets(operator)).unitId).toHaveLength(2);
  });

  it('narrows the list by each value to as many as were counted', async () => {
    const counted = await facets(operator);
    for (const key of ['unitId', 'type', 'stage', 'openMode', 'validity', 'year', 'columnId'] as const) {
      expect(counted[key].length).toBeGreaterThan(0);
      for (const { value, number } of counted[key]) {
        const query = `?${key}=${encodeURIComponent(value)}`;
        expect((await list(operator, query)).items, query).toHaveLength(number);
        expect((await facets(operator, query))[key], query).toMatchObject([{ value, number }]);
      }
    }
  });

  it('follows the newest revision', async () => {
    await edit(
      stage,
      district.actor,
      policy,
      someContent({ validity: '有效', writtenOn: '2020-01-01' }, 'policy'),
    );
    expect((await list(office, '?year=2019')).items).toEqual([]);
    expect((await list(office, `?year=2020&validity=${encodeURIComponent('有效')}`)).items).toHaveLength(1);
  });

  it('is refused without a session, and for a value that does not exist', async () => {
    expect((await app.inject({ url: '/api/resource-facets' })).statusCode).toBe(401);
    for (const query of ['?validity=x', '?year=12', '?columnId=x', '?wish=1', '?cursor=1']) {
      expect((await app.inject({ url: `/api/resource-facets${query}`, headers: office })).statusCode).toBe(
        400,
      );
    }
  });

  describe('is kept as a view', () => {
    const keep = (headers: Headers, payload: object) =>
      app.inject({ method: 'POST', url: '/api/resource-views', headers, payload });
    const views = async (headers: Headers) =>
      (await app.inject({ url: '/api/resource-views', headers })).json<SavedView[]>();

    it('by whoever wants, for themselves, under a name that stands for one thing', async () => {
      await keep(office, { name: ' 退回的 ', search: 'stage=returned' });
      const answer = await keep(office, { name: '退回的', search: 'stage=returned&type=policy' });
      expect(answer.statusCode, answer.body).toBe(201);
      expect(answer.json()).toMatchObject([{ name: '退回的', search: 'stage=returned&type=policy' }]);
      expect(await views(bureau)).toEqual([]);
    });

    it('and forgotten by its owner only', async () => {
      const [view] = (await keep(office, { name: '一时的', search: '' })).json<SavedView[]>().slice(-1);
      const forget = (headers: Headers) =>
        app.inject({ method: 'DELETE', url: `/api/resource-views/${view?.id ?? ''}`, headers });
      const refused = await forget(bureau);
      expect([refused.statusCode, refused.json<Problem>().code]).toEqual([404, 'library.view-not-found']);
      expect((await forget(office)).json<SavedView[]>().map((one) => one.name)).not.toContain('一时的');
    });

    it('at most thirty times, and never without a name', async () => {
      for (let at = 0; at < 30; at += 1) await keep(bureau, { name: `视图${String(at)}`, search: '' });
      expect((await keep(bureau, { name: '再一个', search: '' })).json<Problem>().code).toBe(
        'library.too-many-views',
      );
      expect((await keep(bureau, { name: '视图3', search: 'q=a' })).statusCode).toBe(201);
      expect((await keep(office, { name: '  ', search: '' })).json<Problem>().code).toBe(
        'library.view-nameless',
      );
      expect((await keep(office, { name: '名', search: '', wish: 1 })).statusCode).toBe(400);
    });
  });
});
