import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import { libraryEvents, overdueReleases } from '../../server/modules/library/index.ts';
import { type DueRunner, releasesAtOnce, runDue } from '../../server/modules/sites/index.ts';
import { digestOf } from '../../server/platform/digest.ts';
import { createLog } from '../../server/platform/log.ts';
import { aColumn, aDistrict, aStage, someContent } from '../factories/sites.ts';
import { aDatabase } from '../harness.ts';

/** Five rounds of the due query; JIYUE_DUE=10000 for the figure in the report. */
const many = Number(process.env['JIYUE_DUE'] ?? 1_000);
const log = createLog({ level: 'silent', pretty: false });
const day = 86_400_000;

/** The process is gone and its connections with it: what it was about to do does not happen. */
class Killed extends Error {
  readonly code = '57P01';
  override readonly name = 'Killed';
}

describe(`${String(many)} releases that are due at once`, () => {
  const database = aDatabase();
  const { db } = database;
  const evening = new Date('2026-11-20T18:00:00+08:00');
  let now = evening;
  const stage = aStage(db, () => now);
  const runner: DueRunner = { db, clock: () => now, performAsSystem: stage.performAsSystem, log };
  let columnId = '';

  beforeAll(async () => {
    const { bureau, bureauSite } = await aDistrict(stage);
    const column = await aColumn(stage, { site: bureauSite });
    columnId = column.id;
    const content = someContent();
    await sql`
      with made as (
        insert into library.resource (unit_id, type, stage, title, index_number, release_at, created_at, updated_at)
        select ${bureau.id}, 'article', 'draft', 'release ' || n, 'test/2026-' || n, ${new Date(evening.getTime() + day)},
          ${evening}::timestamptz, ${evening}::timestamptz from generate_series(1, ${many}::int) as n
        returning id
      ), numbered as (
        insert into library.index_number (index_number, unit_id, year, serial, resource_id, given_at)
        select 'test/2026-' || row_number() over (order by id), ${bureau.id}, 2026, row_number() over (order by id), id,
          ${evening}::timestamptz from made
      ), placed as (
        insert into sites.placement (column_id, resource_id, is_main, created_at)
        select ${columnId}, id, true, ${evening}::timestamptz from made
      )
      insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
      select id, 1, ${JSON.stringify(content)}::jsonb, ${digestOf(content)}, 'saved', 'test', ${evening}::timestamptz
      from made`.execute(db);
    // By the hundred, without the reviews that the database asks for.
    await db.transaction().execute(async (on) => {
      await sql`set local session_replication_role = replica`.execute(on);
      await sql`
        update library.resource set stage = 'scheduled', head_revision_id = revision.id, signed_revision_id = revision.id
        from library.revision where revision.resource_id = resource.id`.execute(on);
    });
    await sql`analyze`.execute(db);
  });

  const live = async (): Promise<number> => {
    const { rows } = await sql<{ live: number }>`
      select count(*)::int as live from library.resource where stage = 'live' and live_revision_id = head_revision_id`.execute(
      db,
    );
    return rows[0]?.live ?? 0;
  };

  it('wait for their hour', async () => {
    now = new Date(evening.getTime() + day - 1);
    expect(await runDue(runner)).toBe(0);
    expect(await overdueReleases(db, now)).toBe(0);
  });

  it('are all released once when the clock has jumped, a worker is killed in the middle and two others finish', async () => {
    now = new Date(evening.getTime() + 400 * day);
    expect(await overdueReleases(db, now)).toBe(many);
    let left = 2;
    const mortal: DueRunner = {
      ...runner,
      performAsSystem: (command, input) => {
        left -= 1;
        if (left >= 0) return runner.performAsSystem(command, input);
        // It dies when everything is written and nothing committed.
        const dying: typeof command = {
          ...command,
          run: async (ctx, given) => {
            await command.run(ctx, given);
            throw new Killed();
          },
        };
        return runner.performAsSystem(dying, input);
      },
    };
    const untilKilled = async (): Promise<void> => {
      while ((await runDue(mortal)) > 0);
    };
    await expect(untilKilled()).rejects.toThrow(Killed);
    expect(await live()).toBe(2 * releasesAtOnce);

    // One goes on; the end is fought for by two.
    while ((await live()) < many - 2 * releasesAtOnce) await runDue(runner);
    const finish = async (): Promise<void> => {
      while ((await runDue(runner)) > 0);
    };
    await Promise.all([finish(), finish()]);
    expect(await live()).toBe(many);
    expect(await overdueReleases(db, now)).toBe(0);
    const { rows } = await sql<
      Record<'entries' | 'resources' | 'last' | 'released' | 'audited', number>
    >`select
      (select count(*)::int from sites.listing where column_id = ${columnId}) as entries,
      (select count(distinct resource_id)::int from sites.listing where column_id = ${columnId}) as resources,
      (select max(sequence)::int from sites.listing where column_id = ${columnId}) as last,
      (select count(*)::int from platform.event where name = ${libraryEvents.released}) as released,
      (select count(distinct object_id)::int from audit.entry
        where action = 'sites.release-due-resource' and result = 'done') as audited`.execute(db);
    expect(rows[0]).toEqual({
      entries: many,
      resources: many,
      last: many,
      released: many,
      audited: many,
    });
  }, 240_000);

  it('stay released when the clock is put back', async () => {
    now = evening;
    expect(await runDue(runner)).toBe(0);
    expect(await live()).toBe(many);
  });
});
