import { describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  place,
  publish,
  someContent,
  withdraw,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { changeColumn } from './change-column.ts';
import { changeListing } from './change-listing.ts';
import { columnById } from './column.queries.ts';
import { addressesOf } from './listing.queries.ts';
import { setMappings } from './set-mappings.ts';

describe('what stands in columns', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let district: Awaited<ReturnType<typeof aDistrict>> | undefined;

  async function world() {
    district ??= await aDistrict(stage);
    const { portal, bureauSite, actor, office, bureau } = district;
    const [own, shared, wide] = [
      await aColumn(stage, { site: bureauSite, unitId: bureau.id }),
      await aColumn(stage, { site: portal }),
      await aColumn(stage, { site: portal }),
    ];
    const map = (columnId: string, ...sourceColumnIds: string[]) =>
      stage.perform(actor, setMappings, { columnId, sourceColumnIds });
    const news = (...columnIds: string[]) => aPublished(stage, actor, { unitId: bureau.id, columnIds });
    return { actor, office, bureau, own: own.id, shared: shared.id, wide: wide.id, map, news };
  }

  const entriesOf = async (columnId: string) => {
    const rows = await db
      .selectFrom('sites.listing')
      .select(['resource_id', 'via_column_id'])
      .where('column_id', '=', columnId)
      .orderBy('sequence')
      .execute();
    return rows.map((row) =>
      row.via_column_id === null ? row.resource_id : `${row.resource_id} via ${row.via_column_id}`,
    );
  };

  it('a publication stands in its own columns and, along chains, in those that show them', async () => {
    const { own, shared, wide, map, news } = await world();
    await map(shared, own);
    await map(wide, shared);
    const one = await news(own);
    const two = await news(own, wide);
    expect(await entriesOf(own)).toEqual([one, two]);
    expect(await entriesOf(shared)).toEqual([`${one} via ${own}`, `${two} via ${own}`]);
    expect(await entriesOf(wide)).toEqual([`${one} via ${shared}`, two]);
  });

  it('a new mapping brings in what is there, oldest first, and its end takes away what no other way shows', async () => {
    const { own, shared, wide, map, news } = await world();
    const [one, two] = [await news(own), await news(own, wide)];
    // The column with the smaller number hangs on the one with the larger: the order of repair must not matter.
    await map(shared, wide);
    expect(await entriesOf(shared)).toEqual([`${two} via ${wide}`]);
    await map(wide, own);
    expect(await entriesOf(wide)).toEqual([two, `${one} via ${own}`]);
    expect(await entriesOf(shared)).toEqual([`${two} via ${wide}`, `${one} via ${wide}`]);
    await map(wide);
    expect(await entriesOf(wide)).toEqual([two]);
    expect(await entriesOf(shared)).toEqual([`${two} via ${wide}`]);
  });

  it('what is placed and mapped at once stays when one of the two ends', async () => {
    const { actor, own, shared, map, news } = await world();
    await map(shared, own);
    const id = await news(own);
    await place(stage, actor, id, [own, shared]);
    expect(await entriesOf(shared)).toEqual([id]);
    await map(shared);
    expect(await entriesOf(shared)).toEqual([id]);
    await map(shared, own);
    await place(stage, actor, id, [own]);
    expect(await entriesOf(shared)).toEqual([`${id} via ${own}`]);
    await map(shared);
    expect(await entriesOf(shared)).toEqual([]);
  });

  it('a loop of mappings, a channel and a column that is not there are refused', async () => {
    const { own, shared, wide, map } = await world();
    await map(shared, own);
    await map(wide, shared);
    await expect(map(own, wide)).rejects.toMatchObject({ code: 'sites.mapping-loop' });
    await expect(map(own, own)).rejects.toMatchObject({ code: 'sites.mapping-loop' });
    await expect(map(own, '999999')).rejects.toMatchObject({ code: 'sites.column-not-found' });
    const channel = await aColumn(stage, {
      site: (district ?? (await aDistrict(stage))).portal,
      kind: 'channel',
    });
    await expect(map(channel.id, own)).rejects.toMatchObject({ code: 'sites.column-takes-no-content' });
  });

  it('an address is given once and kept through edits, new columns, moves and a withdrawal', async () => {
    const { actor, own, shared, news } = await world();
    const id = await news(own);
    const addressOf = async () => (await addressesOf(db, [id])).get(id)?.path;
    const given = await addressOf();
    const column = await columnById(db, own);
    expect(given).toMatch(new RegExp(`^${column?.path ?? ''}\\d{6}/t\\d{8}_${id}\\.html$`));
    await edit(stage, actor, id, someContent({ title: '改' }));
    await publish(stage, actor, id);
    await place(stage, actor, id, [shared]);
    await stage.perform(actor, changeColumn, {
      columnId: own,
      expectedVersion: column?.version ?? 0,
      slug: `moved${own}`,
    });
    await withdraw(stage, actor, id);
    expect(await addressOf()).toBe(given);
  });

  it('a moved column takes all below it along, and leaves its neighbours', async () => {
    const { actor } = await world();
    const { portal: site } = district ?? (await aDistrict(stage));
    const top = await aColumn(stage, { site, slug: 'zw', kind: 'channel' });
    const child = await aColumn(stage, { site, parent: top, slug: 'a' });
    const below = await aColumn(stage, { site, parent: child, slug: 'b' });
    const other = await aColumn(stage, { site, slug: 'zw2' });
    await stage.perform(actor, changeColumn, { columnId: top.id, expectedVersion: 1, slug: 'zwgk' });
    const paths = await Promise.all(
      [top, child, below, other].map(async (one) => (await columnById(db, one.id))?.path),
    );
    expect(paths).toEqual(['/zwgk/', '/zwgk/a/', '/zwgk/a/b/', '/zw2/']);
    const taken = stage.perform(actor, changeColumn, { columnId: top.id, expectedVersion: 2, slug: 'zw2' });
    await expect(taken).rejects.toMatchObject({ code: 'sites.column-path-taken' });
    const stale = stage.perform(actor, changeColumn, { columnId: top.id, expectedVersion: 1, name: '旧' });
    await expect(stale).rejects.toMatchObject({ code: 'sites.column-changed' });
  });

  it('an entry can be pinned, retitled and lifted; a withdrawal takes it out everywhere', async () => {
    const { actor, own, shared, map, news } = await world();
    await map(shared, own);
    const [one, two] = [await news(own), await news(own)];
    const change = { columnId: own, resourceId: one };
    await stage.perform(actor, changeListing, { ...change, moveToTop: true });
    expect(await entriesOf(own)).toEqual([two, one]);
    await stage.perform(actor, changeListing, {
      ...change,
      pinnedUntil: '2030-01-01T00:00:00Z',
      titleOverride: '短标题',
    });
    const row = await db
      .selectFrom('sites.listing')
      .select(['title_override', 'pinned_until'])
      .where('column_id', '=', own)
      .where('resource_id', '=', one)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ title_override: '短标题', pinned_until: new Date('2030-01-01T00:00:00Z') });
    await withdraw(stage, actor, one);
    expect([await entriesOf(own), await entriesOf(shared)]).toEqual([[two], [`${two} via ${own}`]]);
    await expect(stage.perform(actor, changeListing, { ...change, moveToTop: true })).rejects.toMatchObject({
      code: 'sites.listing-not-found',
    });
  });

  it('what has no column cannot be published', async () => {
    const { actor, bureau } = await world();
    const id = await aDraft(stage, actor, { unitId: bureau.id });
    await expect(publish(stage, actor, id)).rejects.toMatchObject({ code: 'sites.placement-missing' });
  });

  it('publications, withdrawals, mappings and moves at the same time end like one after the other', async () => {
    const { actor, bureau, own, shared, wide, map, news } = await world();
    const { portal } = district ?? (await aDistrict(stage));
    const rare = await aColumn(stage, { site: portal, hiddenWhenEmpty: true, inNavigation: true });
    const standing = [];
    for (let at = 0; at < 6; at += 1) standing.push(await news(own, ...(at % 2 === 0 ? [rare.id] : [])));
    const waiting = [];
    for (let at = 0; at < 8; at += 1) {
      waiting.push(
        await aDraft(stage, actor, {
          unitId: bureau.id,
          columnIds: at % 2 === 0 ? [own, wide] : [wide, own, rare.id],
        }),
      );
    }
    const pages = inMemory(db);
    await pages.follow();
    await pages.rebuild();
    const column = await columnById(db, own);
    await Promise.all([
      ...waiting.map((id) => publish(stage, actor, id)),
      ...standing.map((id) => withdraw(stage, actor, id)),
      map(shared, wide),
      map(wide, own),
      stage.perform(actor, changeColumn, {
        columnId: own,
        expectedVersion: column?.version ?? 0,
        slug: `both${own}`,
      }),
    ]);
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    const listed = async (columnId: string) =>
      (await entriesOf(columnId)).map((one) => one.split(' ')[0]).sort();
    for (const columnId of [own, shared, wide]) expect(await listed(columnId)).toEqual([...waiting].sort());
  });
});
