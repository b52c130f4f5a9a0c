import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Address } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  atlasOptions,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sitesRoutes } from './index.ts';

describe('using a resource in one more column', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  let district: TestDistrict;
  let first: string;
  let second: string;
  let elsewhere: string;
  let editor: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    first = (await aColumn(stage, { site: district.portal, name: '要闻' })).id;
    second = (await aColumn(stage, { site: district.portal, name: '公告' })).id;
    elsewhere = (await aColumn(stage, { site: district.bureauSite })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
  });

  const reuse = (id: string, columnId: string, headers = editor) =>
    app.inject({ method: 'POST', url: `/api/resources/${id}/reuse`, headers, payload: { columnId } });
  const live = () => aPublished(stage, district.actor, { unitId: district.office.id, columnIds: [first] });
  const placedIn = async (id: string) =>
    (await db.selectFrom('sites.placement').select('column_id').where('resource_id', '=', id).execute()).map(
      (row) => row.column_id,
    );

  it('shows a live one there at once, keeps its address, and copies nothing', async () => {
    const id = await live();
    const answer = await reuse(id, second);
    expect(answer.statusCode, answer.body).toBe(200);
    const { url, placements } = answer.json<Address>();
    expect(placements.map(({ columnId, isMain, live: shown }) => [columnId, isMain, shown])).toEqual([
      [first, true, true],
      [second, false, true],
    ]);
    expect(url).toContain('.localhost');
    const resources = await db.selectFrom('library.resource').select('id').where('id', '>', id).execute();
    expect(resources).toEqual([]);
  });

  it('loses nothing when two people add a column at the same time', async () => {
    const id = await aDraft(stage, district.actor, { unitId: district.office.id, columnIds: [first] });
    const third = (await aColumn(stage, { site: district.portal })).id;
    const answers = await Promise.all([reuse(id, second), reuse(id, third)]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200]);
    expect(new Set(await placedIn(id))).toEqual(new Set([first, second, third]));
  });

  it('is refused where it stands already, into a column of others, and to others', async () => {
    const id = await live();
    const codes = [await reuse(id, first), await reuse(id, elsewhere), await reuse(id, second, stranger)].map(
      (answer) => answer.json<Problem>().code,
    );
    expect(codes).toEqual(['sites.placement-exists', 'sites.column-not-found', 'library.resource-not-found']);
    const malformed = await app.inject({
      method: 'POST',
      url: `/api/resources/${id}/reuse`,
      headers: editor,
      payload: { columnId: second, wish: 1 },
    });
    expect(malformed.statusCode).toBe(400);
  });
});
