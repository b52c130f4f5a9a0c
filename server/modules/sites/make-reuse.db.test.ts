import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../../contracts/actor.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import type { BulkReport, Listing, Reuse, ReusableResource } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  atlasOptions,
  edit,
  place,
  publish,
  someContent,
  type TestDistrict,
  testBase,
  withdraw,
} from '../../../test/factories/sites.ts';
import { inMemory, type MemoryPages } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { libraryRoutes } from '../library/index.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import {
  importArchive,
  presentSiteUses,
  responsibleUnitAt,
  reviseArchive,
  runBulk,
  searchables,
  setMappings,
  sitesRoutes,
} from './index.ts';

type Headers = Record<string, string>;

/** What a page says of itself to machines. */
function thingIn(page: string, type: string): unknown {
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
  const { '@graph': things } = JSON.parse(json) as { '@graph': { '@type': string }[] };
  return things.find((one) => one['@type'] === type);
}

describe('showing in an own column what another unit published', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [
    sitesRoutes(atlasOptions()),
    libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 }),
  ]);
  let district: TestDistrict;
  let source: string;
  let target: string;
  let pages: MemoryPages;
  let owner: Headers;
  let editor: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    source = (await aColumn(stage, { site: district.bureauSite, name: '教育通知' })).id;
    target = (await aColumn(stage, { site: district.portal, name: '部门动态', slug: 'bmdt' })).id;
    owner = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    pages = inMemory(db);
    await pages.rebuild();
  });

  const original = (content: Parameters<typeof someContent>[0] = {}) =>
    aPublished(stage, district.actor, { unitId: district.bureau.id, columnIds: [source], content });
  const make = (resourceId: string, columnId = target, headers = editor) =>
    app.inject({ method: 'POST', url: '/api/reuses', headers, payload: { resourceId, columnId } });
  const made = async (resourceId: string, columnId = target): Promise<Reuse> => {
    const answer = await make(resourceId, columnId);
    expect(answer.statusCode, answer.body).toBe(201);
    await pages.follow();
    return answer.json<Reuse>();
  };
  const end = (id: string, headers: Headers) => {
    const payload = { reason: '内容已经过时' };
    return app.inject({ method: 'POST', url: `/api/reuses/${id}/ending`, headers, payload });
  };
  const codeOf = (answer: LightMyRequestResponse) => answer.json<Problem>().code;
  const addressOf = ({ url }: Reuse): string => `${district.portal.id}${new URL(url ?? '').pathname}`;
  const linesOf = () => pages.shown.get(`${district.portal.id}/bmdt/`) ?? '';

  const portalPagesWith = (words: string): string[] =>
    [...pages.shown].flatMap(([at, what]) =>
      at.startsWith(`${district.portal.id}/`) && what.includes(words) ? [at] : [],
    );
  const documentsOf = async (id: string) => {
    const sources = searchables({ ...atlasOptions(), base: testBase });
    return (await Promise.all(sources.map((one) => one.load(db, one.keysForTag(`resource:${id}`))))).flat();
  };

  it('makes a page of this site with the source, which names the page of the other unit as the one to keep', async () => {
    const id = await original({ title: '入学政策问答' });
    await pages.follow();
    const reuse = await made(id);
    expect(reuse).toMatchObject({ unitName: '区教育局', columnUnitName: '区政府办公室', endable: true });
    const page = pages.shown.get(addressOf(reuse)) ?? '';
    const own = [...pages.shown].find(
      ([at]) => at.startsWith(`${district.bureauSite.id}/`) && at.includes(`_${id}.`),
    );
    const url = `http://${district.bureauSite.domains[0] ?? ''}${own?.[0].replace(/^\d+/, '') ?? ''}`;
    expect(page).toContain(`<link rel="canonical" href="${url}"/>`);
    expect(page).toContain(`原文：<a href="${url}">测试区教育局</a>`);
    expect(page).toContain('测试区人民政府');
    expect(thingIn(page, 'NewsArticle')).toMatchObject({
      url,
      publisher: { name: '区教育局', url: new URL('/', url).href },
      provider: { name: '测试区人民政府办公室' },
    });
    expect(linesOf()).toContain(new URL(reuse.url ?? '').pathname);
  });

  it('stays one resource: one hit, one address in the site maps, one more entry in the column', async () => {
    const id = await original();
    const before = await db.selectFrom('library.resource').select('id').execute();
    const reuse = await made(id);
    expect(await db.selectFrom('library.resource').select('id').execute()).toEqual(before);
    const hits = await documentsOf(id);
    expect(hits.map(({ site, facts = [] }) => [site, facts.includes(`column:${target}`)])).toEqual([
      [district.bureauSite.id, true],
    ]);
    const path = new URL(reuse.url ?? '').pathname;
    expect(hits[0]?.elsewhere).toEqual([{ site: district.portal.id, path }]);
    const maps = [...pages.shown].filter(([at, what]) => at.includes('sitemap') && what.includes(`_${id}.`));
    expect(maps.map(([at]) => at.split('/')[0])).toEqual([district.bureauSite.id]);
    const listed = await app.inject({ url: `/api/columns/${target}/listings`, headers: editor });
    expect(listed.json<{ items: Listing[] }>().items[0]).toMatchObject({
      resourceId: id,
      reuse: { id: reuse.id, endable: true },
    });
    const operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    const seen = await app.inject({ url: `/api/columns/${target}/listings`, headers: operator });
    expect(seen.json<{ items: Listing[] }>().items[0]?.reuse).toEqual({ id: reuse.id, endable: false });
    const endableBy = async (actor: Actor) => {
      const { columns } = await presentSiteUses({ db, actor }, { id, unitId: district.bureau.id });
      return columns.flatMap((one) => one.reuse?.endable ?? []);
    };
    expect(await endableBy({ ...district.actor, roles: ['editor'] })).toEqual([true]);
    expect(await endableBy({ ...district.actor, roles: ['operator'], scope: { kind: 'all' } })).toEqual([
      false,
    ]);
  });

  it('follows an edit and a withdrawal of the other unit at once', async () => {
    const id = await original({ title: '第一稿的标题' });
    const reuse = await made(id);
    await edit(stage, district.actor, id, someContent({ title: '改过的标题' }));
    await publish(stage, district.actor, id);
    await pages.follow();
    expect(pages.shown.get(addressOf(reuse))).toContain('改过的标题');
    expect(linesOf()).toContain('改过的标题');
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(pages.shown.get(addressOf(reuse))).toMatch(/^gone /);
    expect(linesOf()).not.toContain('改过的标题');
  });

  it('vanishes from every page of the other site in the publication that closes it, and both read why', async () => {
    const onward = await aColumn(stage, { site: district.portal, name: '要闻', slug: 'yw' });
    await stage.perform(district.actor, setMappings, { columnId: onward.id, sourceColumnIds: [target] });
    const id = await original({ title: '后来不公开的事' });
    const reuse = await made(id);
    expect(portalPagesWith('后来不公开的事').length).toBeGreaterThan(3);
    await edit(stage, district.actor, id, someContent({ title: '后来不公开的事', openMode: '依申请公开' }));
    await publish(stage, district.actor, id);
    await pages.follow();
    expect(portalPagesWith('后来不公开的事')).toEqual([]);
    expect(pages.shown.get(addressOf(reuse))).toMatch(/^moved http/);
    const [document] = await documentsOf(id);
    expect(document?.elsewhere).toBeUndefined();
    for (const [side, headers] of [
      ['made', editor],
      ['given', owner],
    ] as const) {
      const list = await app.inject({ url: `/api/reuses?side=${side}`, headers });
      const { endReason, url } =
        list.json<{ items: Reuse[] }>().items.find((one) => one.id === reuse.id) ?? {};
      expect([endReason, url]).toEqual(['原单位改变了公开方式，这条信息不再是“主动公开”。', null]);
    }
  });

  it('vanishes, too, when the platform or the old site that a text came from closes it', async () => {
    const item = (openMode: string) => ({
      importKey: '旧站/1',
      type: 'article' as const,
      content: someContent({ title: '旧站的一条', openMode }),
    });
    const unitId = district.bureau.id;
    const [imported] = await stage.performAsSystem(importArchive, {
      unitId,
      columnId: source,
      items: [item('主动公开')],
    });
    await made(imported?.resourceId ?? '');
    expect(portalPagesWith('旧站的一条')).not.toEqual([]);
    await stage.performAsSystem(reviseArchive, { unitId, items: [item('依申请公开')] });
    await pages.follow();
    expect(portalPagesWith('旧站的一条')).toEqual([]);
  });

  it('is ended by the unit whose word it is, with a reason that both see, and its page leads to the original', async () => {
    const id = await original();
    const reuse = await made(id);
    const ended = await end(reuse.id, owner);
    expect(ended.json<Reuse>()).toMatchObject({ endReason: '内容已经过时', endable: false, url: null });
    await pages.follow();
    expect(pages.shown.get(addressOf(reuse))).toMatch(/^moved http:\/\/.*_\d+\.html$/);
    expect(linesOf()).not.toContain(`_${id}.html`);
    for (const [side, headers] of [
      ['made', editor],
      ['given', owner],
    ] as const) {
      const list = await app.inject({ url: `/api/reuses?side=${side}`, headers });
      expect(list.json<{ items: Reuse[] }>().items[0]).toMatchObject({
        id: reuse.id,
        endReason: '内容已经过时',
      });
    }
    expect(codeOf(await end(reuse.id, editor))).toBe('sites.reuse-ended');
    expect((await made(id)).url).toBe(reuse.url);
  });

  it('survives that the other unit chooses its columns anew, and is not among them', async () => {
    const id = await original();
    await made(id);
    const more = (await aColumn(stage, { site: district.bureauSite })).id;
    const { placements } = await place(stage, district.actor, id, [source, more]);
    expect(placements.map((one) => one.columnId)).toEqual([source, more]);
    const uses = await db
      .selectFrom('sites.listing')
      .select('column_id')
      .where('resource_id', '=', id)
      .execute();
    expect(uses.map((row) => row.column_id)).toContain(target);
    await expect(place(stage, district.actor, id, [source, target])).rejects.toMatchObject({
      code: 'sites.placement-exists',
    });
  });

  it('offers only what citizens can open, of others, and finds nothing else by its number', async () => {
    const title = '可以引用的信息';
    const shown = await original({ title });
    const hidden = [
      await aDraft(stage, district.actor, {
        unitId: district.bureau.id,
        columnIds: [source],
        content: { title },
      }),
      await original({ title, openMode: '依申请公开' }),
    ];
    const gone = await original({ title });
    await withdraw(stage, district.actor, gone);
    await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [target],
      content: { title },
    });
    const offered = await app.inject({
      url: `/api/reusable-resources?q=${encodeURIComponent(title)}`,
      headers: editor,
    });
    const { items, nextCursor } = offered.json<{ items: ReusableResource[]; nextCursor: string | null }>();
    expect([items.map((one) => one.id), nextCursor]).toEqual([[shown], null]);
    for (const id of [...hidden, gone, '999999']) {
      expect(codeOf(await make(id)), id).toBe('library.resource-not-found');
    }
  });

  it('is refused in a column of others, twice, for what is the own, and to who is neither side', async () => {
    const id = await original();
    expect(codeOf(await make(id, source))).toBe('sites.column-not-found');
    expect(codeOf(await make(id, target, owner))).toBe('sites.column-out-of-scope');
    const { id: reuseId } = await made(id);
    expect(codeOf(await make(id))).toBe('sites.placement-exists');
    const own = await aPublished(stage, district.actor, { unitId: district.office.id, columnIds: [target] });
    expect(codeOf(await make(own))).toBe('sites.reuse-own');
    const stranger = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    expect(codeOf(await end(reuseId, stranger))).toBe('sites.reuse-not-found');
    const liaison = await signIn(app, await anAccount(db, { unit: district.office, roles: ['liaison'] }));
    expect(codeOf(await end(reuseId, liaison))).toBe('sites.reuse-forbidden');
  });

  it('answers for a correction of its page with the unit whose word it is', async () => {
    const reuse = await made(await original());
    const path = addressOf(reuse).replace(/^\d+/, '');
    const keeper = await responsibleUnitAt(db, district.portal.id, path);
    expect(keeper).toMatchObject({ unitId: district.bureau.id, resourceId: reuse.resourceId });
  });

  it('is ordered for up to a hundred at once, with a report by the titles that citizens read', async () => {
    const ids = [await original({ title: '批量引用一' }), await original({ title: '批量引用二' })];
    await made(ids[0] ?? '');
    const order = (resourceIds: readonly string[]) =>
      app.inject({
        method: 'POST',
        url: '/api/bulk-acts',
        headers: editor,
        payload: { kind: 'reuse', resourceIds, columnId: target },
      });
    const { id } = (await order(ids)).json<BulkReport>();
    const log = { error: () => undefined };
    const performAs = stage.perform;
    await runBulk(
      { db, base: testBase, clock: () => new Date(), performAs, log },
      new AbortController().signal,
    );
    const report = await app.inject({ url: `/api/bulk-acts/${id}`, headers: editor });
    expect(report.json<BulkReport>().items).toMatchObject([
      { title: '批量引用一', outcome: 'refused', message: '这条信息已经在这个栏目里。' },
      { title: '批量引用二', outcome: 'done' },
    ]);
    const tooMany = Array.from({ length: 101 }, (_, at) => String(at + 1));
    expect(codeOf(await order(tooMany))).toBe('sites.bulk-incomplete');
    expect(codeOf(await order([await aDraft(stage, district.actor, { unitId: district.bureau.id })]))).toBe(
      'library.resource-not-found',
    );
  });
});
