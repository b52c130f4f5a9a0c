import { type RawBuilder, sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  publish,
  withdraw,
} from '../../../test/factories/sites.ts';
import { askedDuring } from '../../../test/asked.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createLog } from '../../platform/log.ts';
import { resourcesDueForRelease, scheduleResource } from '../library/index.ts';
import { changeListing } from './change-listing.ts';
import { expireDueResource } from './publish-resource.ts';
import type { DueRunner } from './due-attempt.ts';
import { replacePlacements } from './placement.queries.ts';
import { releaseDueResource } from './release-resources.ts';
import { runDue } from './run-due.ts';
import { releasesAtOnce } from './run-releases.ts';

describe('the due clock', () => {
  const { db } = aDatabase();
  const begin = Date.parse('2026-11-22T08:00:00Z');
  let now = new Date(begin);
  const stage = aStage(db, () => now);
  const hour = (hours: number): Date => new Date(begin + hours * 3_600_000);
  const runner = { ...stage, log: createLog({ level: 'silent', pretty: false }) };
  const due = () => runDue(runner);
  const aWorld = async () => {
    const district = await aDistrict(stage);
    return { district, column: await aColumn(stage, { site: district.portal }) };
  };
  let made: ReturnType<typeof aWorld> | undefined;
  const world = () => (made ??= aWorld());

  async function scheduled(releaseAt: Date | null, expireAt: Date | null, into?: { readonly id: string }) {
    const { district, column } = await world();
    const columnIds = [(into ?? column).id];
    const id = await aDraft(stage, district.actor, { unitId: district.office.id, columnIds });
    await stage.perform(district.actor, scheduleResource, {
      resourceId: id,
      expectedVersion: 1,
      releaseAt: releaseAt?.toISOString() ?? null,
      expireAt: expireAt?.toISOString() ?? null,
    });
    return { id, outcome: await publish(stage, district.actor, id) };
  }

  /** By the hundred, without the reviews that the database asks for. */
  const signPastReviews = (statement: RawBuilder<unknown>) =>
    db.transaction().execute(async (on) => {
      await sql`set local session_replication_role = replica`.execute(on);
      await statement.execute(on);
    });
  const stateOf = (id: string) =>
    db
      .selectFrom('library.resource')
      .select((is) => [
        'stage',
        'version',
        'first_published_at',
        is
          .selectFrom('sites.listing')
          .select(is.fn.countAll<string>().as('n'))
          .whereRef('resource_id', '=', 'library.resource.id')
          .as('listed'),
        is
          .selectFrom('library.change')
          .select(is.fn.countAll<string>().as('n'))
          .whereRef('resource_id', '=', 'library.resource.id')
          .where('kind', '=', 'released')
          .as('released'),
      ])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  it('releases at the hour and not before, once, and expires in the same way', async () => {
    now = hour(0);
    const { id, outcome } = await scheduled(hour(2), hour(4));
    expect(outcome).toEqual({ outcome: 'scheduled', releaseAt: hour(2) });
    expect(await due()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ stage: 'scheduled', listed: '0' });
    now = hour(2);
    expect(await due()).toBe(1);
    expect(await due()).toBe(0);
    const out = { stage: 'live', listed: '1', released: '1', first_published_at: hour(2) };
    expect(await stateOf(id)).toMatchObject(out);
    // The clock is set back: nothing that happened is undone, and nothing happens twice.
    now = hour(1);
    expect(await due()).toBe(0);
    expect(await stateOf(id)).toMatchObject(out);
    now = hour(400);
    expect(await due()).toBe(1);
    expect(await due()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ stage: 'expired', listed: '0' });
  });

  it('what was due while nothing ran is released late, and what was over by then expires with it', async () => {
    now = hour(0);
    const { id } = await scheduled(hour(1), hour(2));
    now = hour(50);
    expect(await due()).toBe(2);
    expect(await stateOf(id)).toMatchObject({ stage: 'expired', listed: '0' });
  });

  it('an hour that was moved between the question and the act is respected', async () => {
    now = hour(0);
    const { district } = await world();
    const { id } = await scheduled(hour(1), null);
    const { version } = await stateOf(id);
    await stage.perform(district.actor, scheduleResource, {
      resourceId: id,
      expectedVersion: version,
      releaseAt: hour(9).toISOString(),
      expireAt: hour(20).toISOString(),
    });
    now = hour(2);
    expect(await stage.performAsSystem(releaseDueResource, { resourceId: id })).toBe(false);
    expect(await stateOf(id)).toMatchObject({ stage: 'scheduled' });
    now = hour(9);
    expect(await due()).toBe(1);
    now = hour(10);
    expect(await stage.performAsSystem(expireDueResource, { resourceId: id })).toBe(false);
    expect(await stateOf(id)).toMatchObject({ stage: 'live', listed: '1' });
    await withdraw(stage, district.actor, id);
  });

  it('what was withdrawn before its hour never appears', async () => {
    now = hour(0);
    const { district } = await world();
    const { id } = await scheduled(hour(1), null);
    await withdraw(stage, district.actor, id);
    now = hour(2);
    expect(await due()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ stage: 'withdrawn', listed: '0' });
  });

  it('workers that ask at the same time do each thing once', async () => {
    now = hour(0);
    const ids: string[] = [];
    for (let at = 0; at < 8; at += 1) ids.push((await scheduled(hour(1), null)).id);
    now = hour(1);
    const done = await Promise.all([due(), due(), due()]);
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(8);
    for (const id of ids) {
      expect(await stateOf(id)).toMatchObject({ stage: 'live', listed: '1', released: '1' });
    }
  });

  it('those that are left alone hold up nobody behind them, nor take a place in a group', async () => {
    now = hour(0);
    const failing = await sql<{ id: string }>`
      with made as (
        insert into library.resource (unit_id, type, stage, title, created_at, updated_at, release_at)
        select 1, 'article', 'draft', '没有栏目', ${now}, ${now}, ${hour(-100)} from generate_series(1, ${releasesAtOnce - 1}::int) returning id
      ), written as (
        insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
        select id, 1, '{}', '\\x00', 'saved', '某', ${now} from made returning id, resource_id
      ) select resource_id as id from written`.execute(db);
    await signPastReviews(sql`update library.resource r set stage = 'scheduled', signed_revision_id = v.id, index_number = 'x/' || r.id
      from library.revision v where v.resource_id = r.id and r.title = '没有栏目'`);
    const behind = [await scheduled(hour(1), null), await scheduled(hour(1), null)];
    now = hour(1);
    const setAside = new Map(failing.rows.map((row) => [row.id, hour(2)]));
    expect(await runDue({ ...runner, setAside })).toBe(2);
    for (const { id } of behind) expect(await stateOf(id)).toMatchObject({ stage: 'live' });
    expect(await resourcesDueForRelease(db, now, 1000)).toHaveLength(failing.rows.length);
    await sql`update library.resource set stage = 'withdrawn', signed_revision_id = null where title = '没有栏目'`.execute(
      db,
    );
  });

  it('one that fails is found by halves, and goes alone until it has gone out', async () => {
    now = hour(0);
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) ids.push((await scheduled(hour(1), null)).id);
    now = hour(1);
    const [bad = ''] = ids;
    const places = await db
      .deleteFrom('sites.placement')
      .where('resource_id', '=', bad)
      .returning('column_id')
      .execute();
    const groups: number[] = [];
    const setAside = new Map<string, Date>();
    const counting: DueRunner = {
      ...runner,
      setAside,
      performAsSystem: (command, input) => {
        const { resourceIds } = (input ?? {}) as { readonly resourceIds?: readonly string[] };
        if (resourceIds) groups.push(resourceIds.length);
        return runner.performAsSystem(command, input);
      },
    };
    expect(await runDue(counting)).toBe(4);
    expect(groups).toEqual([5, 3, 2, 1, 1, 1, 2]);
    expect(await stateOf(bad)).toMatchObject({ stage: 'scheduled' });
    // Left alone for a minute; after it alone, so that it cannot take others with it.
    expect(await runDue(counting)).toBe(0);
    now = hour(1.05);
    groups.length = 0;
    ids.push((await scheduled(hour(1.08), null)).id);
    now = hour(1.1);
    expect(await runDue(counting)).toBe(1);
    expect(groups).toEqual([1]);
    expect([...setAside.keys()]).toEqual([bad]);
    await replacePlacements(
      db,
      bad,
      places.map((row) => row.column_id),
      now,
    );
    now = hour(1.2);
    expect(await runDue(counting)).toBe(1);
    expect(setAside.size).toBe(0);
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ stage: 'live', listed: '1' });
  });

  it('a group asks no more for eight in eight columns than for two in two', async () => {
    const { district } = await world();
    const asks = async (many: number): Promise<number> => {
      now = hour(0);
      const ids: string[] = [];
      for (let at = 0; at < many; at += 1) {
        ids.push((await scheduled(hour(1), null, await aColumn(stage, { site: district.portal }))).id);
      }
      now = hour(1);
      const asked = await askedDuring(async () => {
        expect(await runDue(runner)).toBe(many);
      });
      for (const id of ids) await withdraw(stage, district.actor, id);
      return asked.length;
    };
    expect(await asks(8)).toBe(await asks(2));
  });

  it('ten thousand due at once come page by page, each once, the earliest first', async () => {
    await sql`
      with made as (
        insert into library.resource (unit_id, type, stage, title, created_at, updated_at, release_at)
        select 1, 'article', 'draft', '很多', ${now}, ${now}, case when n % 3 = 0 then null else ${hour(-50)}::timestamptz + (n % 7) * interval '1 minute' end
        from generate_series(1, 10000) n returning id
      ) insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
        select id, 1, '{}', '\\x00', 'saved', '某', ${now} from made`.execute(db);
    await signPastReviews(sql`update library.resource r set stage = 'scheduled', signed_revision_id = v.id
      from library.revision v where v.resource_id = r.id and r.title = '很多'`);
    const seen: string[] = [];
    for (let after: Awaited<ReturnType<typeof resourcesDueForRelease>>[number] | undefined; ;) {
      const page = await resourcesDueForRelease(db, now, 900, after);
      if (page.length === 0) break;
      seen.push(...page.map((one) => one.id));
      after = page.at(-1);
    }
    expect(seen).toHaveLength(10_000);
    expect(new Set(seen).size).toBe(10_000);
    const all = (await resourcesDueForRelease(db, now, 20_000)).map((one) => one.id);
    expect(seen).toEqual(all);
    await sql`update library.resource set stage = 'withdrawn', signed_revision_id = null where title = '很多'`.execute(
      db,
    );
  });

  it('a pin ends at its hour', async () => {
    now = hour(0);
    const { district, column } = await world();
    const id = await aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [column.id],
    });
    await stage.perform(district.actor, changeListing, {
      columnId: column.id,
      resourceId: id,
      pinnedUntil: hour(1).toISOString(),
    });
    expect(await due()).toBe(0);
    now = hour(1);
    expect(await due()).toBe(1);
    expect(await due()).toBe(0);
  });
});
