import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import type { Listing, ListingChange } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aPublished, aStage, atlasOptions } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sitesRoutes } from './index.ts';

describe('the title of an entry of a column', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const stage = aStage(db);
  let world: Awaited<ReturnType<typeof aWorld>>;

  async function aWorld() {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
    return { ...district, column };
  }
  beforeAll(async () => {
    world = await aWorld();
  });

  const news = () =>
    aPublished(stage, world.actor, {
      unitId: world.bureau.id,
      columnIds: [world.column.id],
      content: { title: '审过的标题' },
    });
  const person = async (...roles: Role[]) => {
    const unit = roles.includes('operator') ? world.office : world.bureau;
    return signIn(app, await anAccount(db, { roles, unit }));
  };
  const change = (headers: Record<string, string>, resourceId: string, payload: ListingChange) =>
    app.inject({
      method: 'PATCH',
      url: `/api/columns/${world.column.id}/listings/${resourceId}`,
      headers,
      payload,
    });
  const acts = (resourceId: string) =>
    db
      .selectFrom('audit.entry')
      .select(['result', 'code', 'details'])
      .where('action', '=', 'sites.change-listing')
      .where('object_id', '=', `${world.column.id}/${resourceId}`)
      .orderBy('seq')
      .execute();

  it.each<[string, Role[]]>([
    ['an editor', ['editor']],
    ['one reviewer', ['reviewer']],
    ['an editor who also reviews', ['editor', 'reviewer']],
    ['an operator', ['operator']],
  ])('is not given by %s: citizens would read words that nobody signed', async (_who, roles) => {
    const id = await news();
    const headers = await person(...roles);
    const answer = await change(headers, id, { titleOverride: '没有人签过' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json<Problem>().code).toBe('sites.principal-required');
    expect((await change(headers, id, { moveToTop: true })).json<Listing>().title).toBe('审过的标题');
    expect(await acts(id)).toMatchObject([
      { result: 'refused', code: 'sites.principal-required' },
      { result: 'done' },
    ]);
  });

  it("is given by the principal of the column's unit, and the record keeps what it was and what it became", async () => {
    const id = await news();
    const principal = await person('principal');
    expect((await change(principal, id, { titleOverride: '短标题' })).json<Listing>().title).toBe('短标题');
    await change(principal, id, { titleOverride: '更短' });
    await change(principal, id, { pinnedUntil: '2030-01-01T00:00:00Z' });
    const restored = await change(await person('editor'), id, { titleOverride: null });
    expect(restored.json<Listing>().title).toBe('审过的标题');
    expect((await acts(id)).map(({ details }) => details)).toEqual([
      { pinnedUntil: null, moved: false, titleOverride: { from: null, to: '短标题' } },
      { pinnedUntil: null, moved: false, titleOverride: { from: '短标题', to: '更短' } },
      { pinnedUntil: '2030-01-01T00:00:00Z', moved: false },
      { pinnedUntil: null, moved: false, titleOverride: { from: '更短', to: null } },
    ]);
  });
});
