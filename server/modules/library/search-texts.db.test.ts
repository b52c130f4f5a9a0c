import { randomBytes } from 'node:crypto';

import { type RawBuilder, sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Facets, ResourceContent, ResourcePage } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { askedDuring } from '../../../test/asked.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aDraft, performAs, someContent } from '../../../test/factories/library.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { writeTimeCursor } from '../../platform/time-cursor.ts';
import { discardResource, restoreResource } from './discard-resource.ts';
import { importDrafts, libraryRoutes } from './index.ts';
import { indexRemaining, indexWaiting } from './index-texts.ts';
import { contentsUpTo } from './resource.queries.ts';
import { saveDraft } from './save-draft.ts';

const body = (text: string): NonNullable<ResourceContent['body']> => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('words looked for in texts', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let editor: Awaited<ReturnType<typeof anAccount>>;
  let other: typeof editor;
  let headers: Record<string, string>;

  beforeAll(async () => {
    editor = await anAccount(db, { roles: ['editor'] });
    other = await anAccount(db, { roles: ['editor'] });
    headers = await signIn(app, editor);
  });
  beforeEach(async () => {
    await sql`truncate fulltext.entry, fulltext.posting, library.text_waiting`.execute(db);
  });

  const follow = async () => {
    while ((await indexWaiting(db, 'saved')) > 0);
  };
  const get = async <T>(url: string, query: Record<string, string>, as = headers): Promise<T> => {
    const answer = await app.inject({ url, query: { searchIn: 'text', ...query }, headers: as });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<T>();
  };
  const list = (query: Record<string, string>, as = headers) =>
    get<ResourcePage>('/api/resources', query, as);
  const idsOf = async (query: Record<string, string>) => (await list(query)).items.map((item) => item.id);

  it('find a draft by its body, and show where they stand, marked', async () => {
    const draft = await aDraft(db, {
      editor,
      content: { title: '养犬管理通告', body: body(`${'前文。'.repeat(80)}对流浪犬统一收容处置。`) },
    });
    expect(await idsOf({ q: '流浪犬' })).toEqual([]);
    await follow();
    const { items, count } = await list({ q: '养犬 流浪犬' });
    expect(items.map((item) => item.id)).toEqual([draft.id]);
    expect(count).toEqual({ value: 1, capped: false });
    const { title = [], excerpt = [] } = items[0]?.found ?? {};
    expect(title).toEqual([
      { text: '养犬', hit: true },
      { text: '管理通告', hit: false },
    ]);
    expect(excerpt).toContainEqual({ text: '流浪犬', hit: true });
    expect(excerpt.map((one) => one.text).join('').length).toBeLessThan(130);
    expect(await idsOf({ q: '流浪犬', searchIn: 'title' })).toEqual([]);
  });

  it('are shown out of a long text, or a large one, without reading it', async () => {
    const filler = '前文。'.repeat(30_000);
    const long = await aDraft(db, { editor, content: { body: body(`${filler}对流浪犬统一收容处置。`) } });
    const cell = (text: string) => ({
      type: 'tableCell' as const,
      content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
    });
    const rows = Array.from({ length: 3_000 }, (_, at) => ({
      type: 'tableRow' as const,
      content: [cell(randomBytes(8).toString('hex')), cell(at === 2_500 ? '流浪犬只' : String(at))],
    }));
    const table: NonNullable<ResourceContent['body']> = {
      type: 'doc',
      content: [{ type: 'table', content: rows }],
    };
    const large = await aDraft(db, { editor, content: { body: table } });
    await follow();
    const sizes = await sql<{ size: number }>`select pg_column_size(content) as size from library.revision
      where resource_id = ${large.id}`.execute(db);
    expect(sizes.rows[0]?.size).toBeGreaterThan(64 * 1024);
    const { items } = await list({ q: '流浪犬' });
    expect(items.map(({ id }) => id)).toEqual([large.id, long.id]);
    for (const { found } of items) expect(found?.excerpt).toContainEqual({ text: '流浪犬', hit: true });
    const [row] = await db
      .selectFrom('library.resource')
      .select('head_revision_id as id')
      .where('id', '=', large.id)
      .execute();
    expect(await contentsUpTo(db, [row?.id ?? ''], 64 * 1024)).toEqual(new Map());
  });

  it('read the postings once for the list and its facets', async () => {
    await aDraft(db, { editor, content: { body: body('防汛物资储备') } });
    await follow();
    const asked = await askedDuring(async () => {
      await list({ q: '物资储备' });
      await get<Facets>('/api/resource-facets', { q: '物资储备' });
    });
    expect(asked.filter(({ text }) => text.includes('"fulltext"."posting"'))).toHaveLength(1);
  });

  it('are narrowed by filters, counted in facets and paged without a gap', async () => {
    const drafts = [];
    for (let at = 0; at < 7; at += 1) {
      const type = at % 2 === 0 ? 'article' : 'policy';
      drafts.push(await aDraft(db, { editor, type, content: { body: body(`防汛抗旱第${String(at)}期`) } }));
    }
    await follow();
    const all: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: ResourcePage = await list({ q: '防汛抗旱', limit: '3', ...(cursor ? { cursor } : {}) });
      all.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    expect(all).toEqual(drafts.map(({ id }) => id).reverse());
    expect(await idsOf({ q: '防汛抗旱', type: 'policy' })).toHaveLength(3);
    expect(await idsOf({ q: '防汛抗旱', stage: 'live' })).toEqual([]);
    const facets = await get<Facets>('/api/resource-facets', { q: '防汛抗旱' });
    expect(facets.type.map(({ value, number }) => [value, number])).toEqual([
      ['article', 4],
      ['policy', 3],
    ]);
  });

  it('tell nobody of texts of another unit, in no list, count or facet', async () => {
    await aDraft(db, { editor: other, content: { body: body('尚未公布的人事任免方案') } });
    await follow();
    const page = await list({ q: '人事任免' });
    expect(page).toEqual({ items: [], nextCursor: null, count: { value: 0, capped: false } });
    const facets = await get<Facets>('/api/resource-facets', { q: '人事任免' });
    expect(Object.values(facets).flat()).toEqual([false]);
    expect((await list({ q: '人事任免' }, await signIn(app, other))).count.value).toBe(1);
  });

  it('do not find what a newer revision says no more, not even before the index has followed', async () => {
    const content = someContent({ body: body('身份证号误写在此，另有安排') });
    const draft = await aDraft(db, { editor, content });
    await follow();
    expect(await idsOf({ q: '误写在此' })).toEqual([draft.id]);
    const changed = { ...content, body: body('另有安排') };
    const input = { resourceId: draft.id, expectedVersion: draft.version, content: changed };
    await performAs({ db }, editor)(saveDraft, input);
    expect(await idsOf({ q: '误写在此' })).toEqual([]);
    await follow();
    expect(await idsOf({ q: '误写在此' })).toEqual([]);
    expect(await idsOf({ q: '另有安排' })).toEqual([draft.id]);
    const { rows } = await sql`select from fulltext.posting where token = '误写'`.execute(db);
    expect(rows).toEqual([]);
  });

  it('leave nothing of what is in the bin, where titles are searched, and find it again when it is taken out', async () => {
    const content = { title: '补偿安置的公示', body: body('错发的征地补偿名单') };
    const draft = await aDraft(db, { editor, content });
    await follow();
    const as = performAs({ db }, editor);
    const binned = await as(discardResource, { resourceId: draft.id, expectedVersion: draft.version });
    expect(await idsOf({ q: '征地补偿' })).toEqual([]);
    await follow();
    expect(await idsOf({ q: '征地补偿', stage: 'discarded' })).toEqual([]);
    expect(await idsOf({ q: '补偿安置', stage: 'discarded' })).toEqual([draft.id]);
    const { rows } = await sql`select from fulltext.posting where token = '征地'
      union all select from fulltext.entry where id = ${draft.id}`.execute(db);
    expect(rows).toEqual([]);
    await as(restoreResource, { resourceId: draft.id, expectedVersion: binned.version });
    await follow();
    expect(await idsOf({ q: '征地补偿' })).toEqual([draft.id]);
  });

  it('say of an import how much is not to be found yet, and do not let it wait before what is saved', async () => {
    await db.transaction().execute(async (on) => {
      const ctx = { db: on, actor: editor.actor, now: new Date(), requestId: 'test', address: null };
      const items = [1, 2, 3].map((at) => ({
        importKey: `text-${String(at)}`,
        type: 'article' as const,
        content: someContent({ body: body('档案里的旧消息') }),
      }));
      await importDrafts({ ...ctx, announce: async () => undefined }, editor.unitId, items);
    });
    await aDraft(db, { editor, content: { body: body('刚写的消息') } });
    expect(await indexWaiting(db, 'saved')).toBe(1);
    expect(await list({ q: '消息' })).toMatchObject({ count: { value: 1 }, unindexed: 3 });
    expect(await indexWaiting(db, 'imported')).toBe(3);
    expect((await list({ q: '消息' })).count.value).toBe(4);
    expect((await list({ q: '消息' })).unindexed).toBeUndefined();
  });

  it('find what was there before the index, when it has been put in, however often that was broken off', async () => {
    const draft = await aDraft(db, { editor, content: { body: body('索引之前的老文章') } });
    await sql`truncate library.text_waiting`.execute(db);
    await writeSetting(db, 'library.texts-unindexed', draft.id);
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from library.resource`.execute(db);
    expect((await list({ q: '老文章' })).unindexed).toBe(rows[0]?.count);
    const cursor = writeTimeCursor({ at: new Date(), id: draft.id });
    expect((await list({ q: '老文章', cursor })).unindexed).toBeUndefined();
    await sql`alter table fulltext.entry add constraint full_disk check (folded not like '%老文章%')`.execute(
      db,
    );
    await expect(indexRemaining(db)).rejects.toThrow('full_disk');
    await sql`alter table fulltext.entry drop constraint full_disk`.execute(db);
    expect(await readSetting(db, 'library.texts-unindexed')).toBe(draft.id);
    while ((await indexRemaining(db)) > 0);
    expect(await idsOf({ q: '老文章' })).toEqual([draft.id]);
    expect(await readSetting(db, 'library.texts-unindexed')).toBe('0');
  });

  it('are noted once for each resource whose newest text or place in the bin changed, and for no other', async () => {
    const drafts = [await aDraft(db, { editor }), await aDraft(db, { editor }), await aDraft(db, { editor })];
    const ids = drafts.map(({ id }) => id);
    const notedAfter = async (what: RawBuilder<unknown>) => {
      await sql`truncate library.text_waiting`.execute(db);
      await sql`update library.resource set ${what} where id = any(${ids}::bigint[])`.execute(db);
      const rows = await db.selectFrom('library.text_waiting').select('resource_id').orderBy('id').execute();
      return rows.map((row) => row.resource_id);
    };
    expect(await notedAfter(sql`version = version + 1`)).toEqual([]);
    const [, ...others] = ids;
    const binned = sql`stage = case when id = ${ids[0]} then stage else 'discarded' end`;
    expect(await notedAfter(binned)).toEqual(others);
    expect(await notedAfter(sql`head_revision_id = null`)).toEqual(ids);
  });

  it('take one character, and an index number, as the search in titles does', async () => {
    const draft = await aDraft(db, { editor, content: { title: '鹿', body: body('别的') } });
    await sql`update library.resource set index_number = '0000FULL9/2026-00001' where id = ${draft.id}`.execute(
      db,
    );
    expect(await idsOf({ q: '鹿' })).toEqual([draft.id]);
    expect(await idsOf({ q: '0000full9/2026' })).toEqual([draft.id]);
  });

  it('are refused where else they could be looked for', async () => {
    const answer = await app.inject({ url: '/api/resources', query: { q: '词', searchIn: 'body' }, headers });
    expect(answer.statusCode).toBe(400);
  });
});
