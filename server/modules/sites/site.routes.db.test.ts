import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Resource } from '../../../contracts/library.ts';
import type { Column, Listing, Site } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  atlasOptions,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sitesRoutes } from './index.ts';

type Headers = Record<string, string>;

describe('the routes of sites', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const stage = aStage(db);
  let world: Awaited<ReturnType<typeof aWorld>>;

  async function aWorld() {
    const district = await aDistrict(stage);
    const { portal, bureauSite, office, bureau } = district;
    const shared = await aColumn(stage, { site: portal });
    const own = await aColumn(stage, { site: bureauSite, unitId: bureau.id });
    const signed = async (roles: Parameters<typeof anAccount>[1]['roles'], unit?: { id: string }) =>
      signIn(app, await anAccount(db, { roles, ...(unit ? { unit } : {}) }));
    return {
      ...district,
      shared,
      own,
      operator: await signed(['operator'], office),
      editor: await signed(['editor'], bureau),
      principal: await signed(['principal'], bureau),
      stranger: await signed(['editor', 'reviewer', 'principal']),
      draft: () =>
        aDraft(stage, district.actor, {
          unitId: bureau.id,
          columnIds: [own.id],
          content: { title: '未公开的草稿' },
        }),
      news: () => aPublished(stage, district.actor, { unitId: bureau.id, columnIds: [own.id] }),
    };
  }
  beforeAll(async () => {
    world = await aWorld();
  });

  const send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const outcome = async (...attempt: Parameters<typeof send>) => {
    const answer = await send(...attempt);
    return [answer.statusCode, answer.json<Problem>().code];
  };

  it('a unit sees its own site and the portal; the operator sees all', async () => {
    const names = async (headers: Headers) =>
      (await send('GET', '/api/sites', headers)).json<Site[]>().map((site) => site.id);
    expect(await names(world.editor)).toEqual([world.portal.id, world.bureauSite.id]);
    expect(await names(world.stranger)).toEqual([world.portal.id]);
    expect(await names(world.operator)).toHaveLength(2);
  });

  it('columns are listed for visible sites, and those that one may fill on request', async () => {
    const ids = async (query: string, headers: Headers) =>
      (await send('GET', `/api/columns${query}`, headers)).json<Column[]>().map((column) => column.id);
    expect(await ids('?writable=true', world.editor)).toEqual([world.own.id]);
    expect(await ids('?writable=true', world.stranger)).toEqual([]);
    expect(await ids('', world.stranger)).toEqual([world.shared.id]);
    expect(await outcome('GET', `/api/columns?siteId=${world.bureauSite.id}`, world.stranger)).toEqual([
      404,
      'sites.site-not-found',
    ]);
    expect((await send('GET', '/api/columns?unit=1', world.editor)).statusCode).toBe(400);
  });

  it('only the operator changes sites, columns and mappings', async () => {
    const { operator, editor, own, shared, bureauSite, bureau } = world;
    const newColumn = {
      siteId: bureauSite.id,
      parentId: null,
      unitId: bureau.id,
      name: '新栏目',
      slug: 'xlm',
      kind: 'notice',
      description: '说明',
      keywords: '词',
      updateRule: { kind: 'days', days: 14 },
    };
    const attempts = [
      ['PATCH', `/api/sites/${bureauSite.id}`, { expectedVersion: 1, contact: '0792-7654321' }, 200],
      ['POST', '/api/columns', newColumn, 201],
      ['PATCH', `/api/columns/${own.id}`, { expectedVersion: 1, name: '改名' }, 200],
      ['PUT', `/api/columns/${shared.id}/mappings`, { sourceColumnIds: [own.id] }, 200],
    ] as const;
    for (const [method, url, body, status] of attempts) {
      expect(await outcome(method, url, editor, body)).toEqual([403, 'sites.operator-required']);
      expect((await send(method, url, operator, { ...body, unknown: 1 })).statusCode).toBe(400);
      const answer = await send(method, url, operator, body);
      expect(answer.statusCode, answer.body).toBe(status);
    }
    expect(await outcome('POST', '/api/columns', operator, newColumn)).toEqual([
      409,
      'sites.column-path-taken',
    ]);
    expect(
      await outcome('POST', '/api/columns', operator, { ...newColumn, slug: 'y', unitId: '99999' }),
    ).toEqual([404, 'identity.unit-not-found']);
    expect(await outcome('POST', '/api/columns', operator, { ...newColumn, slug: 'search' })).toEqual([
      422,
      'sites.column-path-taken',
    ]);
    expect(
      await outcome('PATCH', `/api/sites/${bureauSite.id}`, operator, { expectedVersion: 1, contact: '旧' }),
    ).toEqual([409, 'sites.site-changed']);
    expect(
      await outcome('PATCH', '/api/columns/99999', operator, { expectedVersion: 1, name: '无' }),
    ).toEqual([404, 'sites.column-not-found']);
  });

  it('the entries of a column come page by page, to those who may see the column', async () => {
    const column = await aColumn(stage, { site: world.bureauSite, unitId: world.bureau.id });
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1)
      ids.unshift(await aPublished(stage, world.actor, { unitId: world.bureau.id, columnIds: [column.id] }));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await send(
        'GET',
        `/api/columns/${column.id}/listings?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        world.editor,
      );
      const page = answer.json<{ items: Listing[]; nextCursor: string | null }>();
      seen.push(...page.items.map((item) => item.resourceId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
    expect(await outcome('GET', `/api/columns/${column.id}/listings`, world.stranger)).toEqual([
      404,
      'sites.column-not-found',
    ]);
    expect(await outcome('GET', `/api/columns/${column.id}/listings?cursor=x`, world.editor)).toEqual([
      422,
      'sites.cursor-wrong',
    ]);
    expect((await send('GET', `/api/columns/${column.id}/listings?page=2`, world.editor)).statusCode).toBe(
      400,
    );
  });

  it('an entry is changed by the unit of its column', async () => {
    const id = await world.news();
    const url = `/api/columns/${world.own.id}/listings/${id}`;
    expect((await send('PATCH', url, world.editor, { moveToTop: true })).statusCode).toBe(200);
    for (const headers of [world.editor, world.operator]) {
      expect(await outcome('PATCH', url, headers, { titleOverride: '没有人审过' })).toEqual([
        403,
        'sites.principal-required',
      ]);
    }
    const answer = await send('PATCH', url, world.principal, { titleOverride: '短标题' });
    expect(answer.json()).toMatchObject({ resourceId: id, title: '短标题' });
    expect(await outcome('PATCH', url, world.stranger, { titleOverride: '外人' })).toEqual([
      404,
      'sites.column-not-found',
    ]);
    expect(
      await outcome('PATCH', `/api/columns/${world.shared.id}/listings/${id}`, world.stranger, {
        titleOverride: '外人',
      }),
    ).toEqual([403, 'sites.column-out-of-scope']);
    expect(
      await outcome('PATCH', `/api/columns/${world.own.id}/listings/99999`, world.editor, {
        moveToTop: true,
      }),
    ).toEqual([404, 'sites.listing-not-found']);
    for (const body of [{ title: '未知' }, { moveToTop: false }, { pinnedUntil: '2026-06-30T23:59:60Z' }]) {
      expect((await send('PATCH', url, world.editor, body)).statusCode).toBe(400);
    }
  });

  it('placements are chosen by an editor of the unit, among columns of the unit', async () => {
    const id = await world.draft();
    const url = `/api/resources/${id}/placements`;
    const columnIds = [world.own.id];
    expect((await send('PUT', url, world.editor, { columnIds })).json()).toMatchObject({
      url: null,
      placements: [{ columnId: world.own.id, isMain: true, live: false }],
    });
    expect((await send('GET', url, world.editor)).statusCode).toBe(200);
    expect(await outcome('GET', url, world.stranger)).toEqual([404, 'library.resource-not-found']);
    expect(await outcome('PUT', url, world.stranger, { columnIds })).toEqual([
      404,
      'library.resource-not-found',
    ]);
    expect(await outcome('PUT', url, world.principal, { columnIds })).toEqual([
      403,
      'library.unit-not-writable',
    ]);
    expect(await outcome('PUT', url, world.editor, { columnIds: [world.shared.id] })).toEqual([
      403,
      'sites.column-out-of-scope',
    ]);
    expect(await outcome('PUT', url, world.editor, { columnIds: ['99999'] })).toEqual([
      404,
      'sites.column-not-found',
    ]);
    for (const wrong of [
      [],
      [world.own.id, world.own.id],
      ['x'],
      Array.from({ length: 21 }, (_, at) => String(at + 1)),
    ]) {
      expect((await send('PUT', url, world.editor, { columnIds: wrong })).statusCode).toBe(400);
    }
  });

  it('a preview is the page in the real template, cannot act, and is not there for another unit', async () => {
    const id = await world.draft();
    const answer = await send('GET', `/api/resources/${id}/preview`, world.editor);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('未公开的草稿');
    expect(answer.headers['content-security-policy']).toContain("script-src 'none'");
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain(`href="/api/sites/${world.bureauSite.id}/theme.css"`);
    for (const url of [`/api/resources/${id}/preview`, `/api/resources/${id}/preview?revision=1`]) {
      const refused = await send('GET', url, world.stranger);
      expect([refused.statusCode, refused.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
      expect(refused.body).not.toContain('未公开的草稿');
    }
    expect(await outcome('GET', `/api/resources/${id}/preview?revision=2`, world.editor)).toEqual([
      404,
      'library.revision-not-found',
    ]);
    expect(
      (await send('GET', `/api/resources/${id}/preview?revision=99999999999`, world.editor)).statusCode,
    ).toBe(400);
    const without = await aDraft(stage, world.actor, { unitId: world.bureau.id });
    expect(await outcome('GET', `/api/resources/${without}/preview`, world.editor)).toEqual([
      409,
      'sites.placement-missing',
    ]);
  });

  it('the colours of a site are there for whoever sees the site', async () => {
    const url = `/api/sites/${world.bureauSite.id}/theme.css`;
    expect((await send('GET', url, world.editor)).headers['content-type']).toContain('text/css');
    expect(await outcome('GET', url, world.stranger)).toEqual([404, 'sites.site-not-found']);
  });

  it('a withdrawal needs a right, a reason and the version that one saw', async () => {
    const id = await world.news();
    const url = `/api/resources/${id}/withdrawal`;
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const body = { expectedVersion: version, reason: '内容有误' };
    expect(await outcome('POST', url, world.stranger, body)).toEqual([404, 'library.resource-not-found']);
    expect(await outcome('POST', url, world.editor, body)).toEqual([403, 'library.unit-not-writable']);
    expect(await outcome('POST', url, world.principal, { ...body, expectedVersion: 1 })).toEqual([
      409,
      'library.resource-changed',
    ]);
    expect((await send('POST', url, world.principal, { ...body, reason: '' })).statusCode).toBe(400);
    expect(await outcome('POST', url, world.principal, { ...body, reason: '   ' })).toEqual([
      422,
      'library.reason-missing',
    ]);
    const done = await send('POST', url, world.principal, body);
    expect(done.json<Resource>()).toMatchObject({
      stage: 'withdrawn',
      withdrawalReason: '内容有误',
      hasLiveRevision: false,
    });
    expect(await outcome('POST', url, world.principal, { ...body, expectedVersion: version + 1 })).toEqual([
      409,
      'library.stage-forbids',
    ]);
  });
});
