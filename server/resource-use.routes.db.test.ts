import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { ResourceUses } from '../contracts/library.ts';
import { aConsole } from '../test/app.ts';
import { anAccount, signIn } from '../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type TestDistrict,
  testBase,
} from '../test/factories/sites.ts';
import { aDatabase } from '../test/harness.ts';
import { setMappings } from './modules/sites/index.ts';
import { resourceUseRoutes } from './resource-use.routes.ts';

describe('where a resource is used', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [resourceUseRoutes(testBase)]);
  let district: TestDistrict;
  let first: string;
  let editor: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    first = (await aColumn(stage, { site: district.portal, name: '要闻' })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
  });

  const live = () => aPublished(stage, district.actor, { unitId: district.office.id, columnIds: [first] });
  const uses = async (id: string) => {
    const answer = await app.inject({ url: `/api/resources/${id}/uses`, headers: editor });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<ResourceUses>();
  };

  it('is told with every column it stands in, also those that map it', async () => {
    const mapped = await aColumn(stage, { site: district.bureauSite, name: '转载' });
    await stage.perform({ ...district.actor, roles: ['operator'] }, setMappings, {
      columnId: mapped.id,
      sourceColumnIds: [first],
    });
    const id = await live();
    const { columns, homeOf, pages } = await uses(id);
    expect(columns).toMatchObject([
      { columnName: '要闻', isMain: true, isLive: true, via: null },
      { columnName: '转载', siteName: '测试区教育局', isLive: true, via: '要闻' },
    ]);
    expect([homeOf, pages]).toEqual([[], []]);
  });

  it('is told with the public pages that show it', async () => {
    const id = await live();
    const page = {
      kind: 'home',
      rank: 0,
      outcome: 'page',
      media_type: 'text/html',
      digest: Buffer.alloc(32),
    };
    await db
      .insertInto('publishing.page')
      .values([
        {
          ...page,
          key: `home/${id}`,
          site: district.portal.id,
          path: '/',
          size: '1',
          tags: [`resource:${id}`],
        },
        {
          ...page,
          key: `list/${id}`,
          kind: 'list',
          rank: 3,
          site: district.portal.id,
          path: '/x/',
          size: '1',
          tags: [`resource:${id}0`],
        },
      ])
      .execute();
    const { pages, count } = await uses(id);
    expect(pages).toMatchObject([{ kind: 'home', title: null, siteName: '测试区人民政府' }]);
    expect(pages[0]?.url).toMatch(/^http:\/\/.*\.localhost\/$/);
    expect(count).toEqual({ value: 1, capped: false });
  });

  it('tells a stranger nothing', async () => {
    const answer = await app.inject({ url: `/api/resources/${await live()}/uses`, headers: stranger });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
  });
});
