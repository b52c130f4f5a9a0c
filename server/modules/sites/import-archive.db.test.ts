import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aUnit } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aFactotum, aSite, aStage, someContent } from '../../../test/factories/sites.ts';
import { anyMapping } from '../../../test/factories/ways-acts.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createMappingRule } from './change-mapping-rule.ts';
import { importArchive } from './import-archive.ts';
import { allSites } from './site.queries.ts';

describe('bringing in an archive', () => {
  const { db } = aDatabase();
  const stage = aStage(db);

  const itemsFrom = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => ({
      importKey: `旧站/${String(first + at)}`,
      type: 'policy' as const,
      content: someContent({ title: `旧文${String(first + at)}` }, 'policy'),
    }));

  it('is done in batches that can be broken off and run again, also twice at the same time', async () => {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.portal, kind: 'policy' });
    const shows = await aColumn(stage, { site: district.portal });
    await db
      .insertInto('sites.mapping')
      .values({ column_id: shows.id, source_column_id: column.id })
      .execute();
    const bring = (first: number, last: number) =>
      stage.performAsSystem(importArchive, {
        unitId: district.office.id,
        columnId: column.id,
        items: itemsFrom(first, last),
      });

    expect(await bring(1, 30)).toHaveLength(30);
    expect(await bring(1, 30)).toHaveLength(0);
    expect((await bring(21, 50)).map((one) => one.importKey)).toEqual(
      itemsFrom(31, 50).map((one) => one.importKey),
    );
    const both = await Promise.all([bring(40, 70), bring(45, 80)]);
    expect(both[0].length + both[1].length).toBe(30);

    const listed = await db
      .selectFrom('sites.listing')
      .innerJoin('library.resource', 'library.resource.id', 'resource_id')
      .select(['sequence', 'title', 'stage', 'live_revision_id'])
      .where('column_id', '=', column.id)
      .orderBy('sequence')
      .execute();
    expect(listed.map((row) => row.sequence)).toEqual(Array.from({ length: 80 }, (_, at) => String(at + 1)));
    expect(new Set(listed.map((row) => row.title)).size).toBe(80);
    expect(listed.slice(0, 50).map((row) => row.title)).toEqual(
      itemsFrom(1, 50).map((one) => one.content.title),
    );
    expect(listed.every((row) => row.stage === 'live' && row.live_revision_id !== null)).toBe(true);
    const mapped = await db
      .selectFrom('sites.listing')
      .select((is) => is.fn.countAll<string>().as('n'))
      .where('column_id', '=', shows.id)
      .executeTakeFirstOrThrow();
    expect(mapped.n).toBe('80');
    const numbers = await db
      .selectFrom('library.index_number')
      .select(['serial'])
      .where('unit_id', '=', district.office.id)
      .orderBy('serial')
      .execute();
    expect(numbers.map((row) => row.serial)).toEqual(Array.from({ length: 80 }, (_, at) => at + 1));
  });

  it('locks the columns that rules fill together with its own, in the order of their ids', async () => {
    const { id: unitId } = await aUnit(db);
    const site = await aSite(stage, { unitId });
    const ruled = await aColumn(stage, { site });
    const own = await aColumn(stage, { site });
    const rule = { ...anyMapping, columnId: ruled.id, sourceColumnId: own.id };
    await stage.performAsSystem(createMappingRule, rule);
    const lock = (on: typeof db, { id }: { readonly id: string }) =>
      sql`select id from sites.column where id = ${id} for no key update nowait`.execute(on);
    let imported: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (other) => {
      await lock(other, ruled);
      imported = stage.performAsSystem(importArchive, {
        unitId,
        columnId: own.id,
        items: itemsFrom(201, 202),
      });
      await expect
        .poll(async () => {
          const { rows } = await sql`select from pg_locks where not granted`.execute(db);
          return rows.length;
        })
        .toBeGreaterThan(0);
      // Whoever takes them in order meets nobody who waits the other way round.
      await lock(other, own);
    });
    await imported;
    const { rows } = await sql<{ id: string; entries: number }>`
      select column_id as id, count(*)::integer as entries from sites.listing
      where column_id in (${ruled.id}, ${own.id}) group by 1 order by 1`.execute(db);
    expect(rows.map(({ entries }) => entries)).toEqual([2, 2]);
  });

  it('a name that a batch holds twice comes in once', async () => {
    const { id: unitId } = await aUnit(db);
    const [column] = await db.selectFrom('sites.column').select('id').execute();
    const items = [...itemsFrom(1, 2), ...itemsFrom(2, 3)];
    const imported = await stage.performAsSystem(importArchive, {
      unitId,
      columnId: column?.id ?? '0',
      items,
    });
    expect(imported.map((one) => one.importKey)).toEqual(['旧站/1', '旧站/2', '旧站/3']);
  });

  it('nobody with an account can do it, and a channel takes nothing', async () => {
    const [portal] = await allSites(db);
    if (!portal) throw new Error('no site');
    const office = { id: portal.unitId };
    const actor = await aFactotum(db, [office]);
    const channel = await aColumn(stage, { site: portal, kind: 'channel' });
    const batch = { unitId: office.id, columnId: channel.id, items: itemsFrom(1, 1) };
    await expect(stage.perform(actor, importArchive, batch)).rejects.toMatchObject({
      code: 'sites.operator-required',
    });
    await expect(stage.performAsSystem(importArchive, batch)).rejects.toMatchObject({
      code: 'sites.column-takes-no-content',
    });
  });
});
