import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';

import { digestOf } from '../server/platform/digest.ts';
import { documentFromText } from '../server/platform/rich-text/index.ts';
import type { Bench, Row } from './bench.types.ts';
import type { District } from './district.ts';
import { inMilliseconds, inSeconds, quantile, secondsSince, withCommas } from './figures.ts';
import { generatedPassage } from './generated-text.ts';
import { untilPersonsServed } from './watched-pages.ts';

/** Due in a minute; fewer are due in as much less time. */
const perMinute = 10_000;
const targetMilliseconds = 2_000;
/** Time for the workers to be at rest before the first is due. */
const leadSeconds = 5;
const killEverySeconds = 6;
/** After the last hour nothing may be left for longer. */
const patienceSeconds = 120;

/**
 * Signed texts whose hours come one after another, while the workers that release them are killed in turn: the promise.
 * Then as many of one instant, which says how fast they can go out.
 */
export const scheduledReleases: Bench = {
  name: 'scheduled',
  async run(scene) {
    const district = await scene.district();
    const many = scene.releases;
    const seconds = (many / perMinute) * 60;
    scene.say(`${withCommas(many)} releases within ${inSeconds(seconds)}`);
    await schedule(district, { many, series: 1 });
    const workers = [await startWorker(district), await startWorker(district)];
    let kills = 0;
    try {
      await untilPersonsServed(district);
      await beginIn(district, { many, seconds });
      await sleep(leadSeconds * 1_000);
      const started = performance.now();
      while (secondsSince(started) < seconds) {
        await sleep(Math.min(killEverySeconds, seconds / 3) * 1_000);
        const at = kills % workers.length;
        kills += 1;
        process.kill(workers[at]?.pid ?? 0, 'SIGKILL');
        workers[at] = await startWorker(district);
      }
      await untilReleased(district, many);
      const settling = performance.now();
      await untilPersonsServed(district);
      const spread = await rowsOf(district, { many, kills, settled: secondsSince(settling) });
      scene.say(`${withCommas(many)} releases of one instant`);
      await schedule(district, { many, series: 2 });
      await beginIn(district, { many, seconds: 0 });
      await untilReleased(district, many);
      return [...spread, await instantOf(district, many)];
    } finally {
      for (const worker of workers) await worker.stop();
    }
  },
};

const startWorker = ({ place }: District) => place.startProgram({ roles: 'worker' });

/** As sign-offs leave them, spread over the columns of the units that have people; written without the sign-offs. */
async function schedule(
  { parts, teams }: District,
  { many, series }: { readonly many: number; readonly series: number },
): Promise<void> {
  const { db } = parts;
  const passage = generatedPassage(800_000);
  const content = {
    title: passage.title,
    body: documentFromText(passage.text),
    source: '测量',
    category: '通知公告',
    openMode: '主动公开',
    producedOn: '2026-11-20',
    openTimeLimit: '常年公开',
    openScope: '面向全社会',
  };
  const units = sql`unnest(${teams.map((team) => team.unitId)}::bigint[], ${teams.map((team) => team.notices.id)}::bigint[])
    with ordinality as team (unit_id, column_id, place)`;
  await sql`create table if not exists public.wanted_hour (resource_id bigint primary key, due timestamptz not null)`.execute(
    db,
  );
  await sql`truncate public.wanted_hour`.execute(db);
  await sql`
    with made as (
      insert into library.resource (unit_id, type, stage, title, index_number, release_at, created_at, updated_at)
      select team.unit_id, 'article', 'draft', ${content.title}, ${`bench-${String(series)}/`} || n,
        now() + interval '1 year', now(), now()
      from generate_series(1, ${many}::int) as n
      join ${units} on team.place = n % ${teams.length} + 1
      returning id, unit_id, index_number, release_at
    ), numbered as (
      insert into library.index_number (index_number, unit_id, year, serial, resource_id, given_at)
      select index_number, unit_id, ${1990 + series}::int, row_number() over (partition by unit_id order by id), id, now() from made
    ), placed as (
      insert into sites.placement (column_id, resource_id, is_main, created_at)
      select team.column_id, made.id, true, now() from made join ${units} on team.unit_id = made.unit_id
    ), noted as (
      insert into public.wanted_hour select id, release_at from made
    )
    insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
    select id, 1, ${JSON.stringify(content)}::jsonb, ${digestOf(content)}, 'saved', 'bench', now() from made`.execute(
    db,
  );
  // By the thousand, without the reviews that the database asks for.
  await db.transaction().execute(async (on) => {
    await sql`set local session_replication_role = replica`.execute(on);
    await sql`
      update library.resource set stage = 'scheduled', head_revision_id = revision.id, signed_revision_id = revision.id
      from library.revision, public.wanted_hour
      where revision.resource_id = resource.id and wanted_hour.resource_id = resource.id`.execute(on);
  });
  await sql`analyze library.resource, library.revision, sites.placement`.execute(db);
}

/** The first falls due in a moment, the others at even distances after it. */
async function beginIn(
  { parts: { db } }: District,
  { many, seconds }: { readonly many: number; readonly seconds: number },
): Promise<void> {
  const apart = (seconds * 1_000) / many;
  await sql`
    with ordered as (
      select resource_id, now() + ${leadSeconds} * interval '1 second'
        + row_number() over (order by resource_id) * ${apart} * interval '1 millisecond' as due from public.wanted_hour
    ), noted as (
      update public.wanted_hour set due = ordered.due from ordered
      where ordered.resource_id = wanted_hour.resource_id returning wanted_hour.resource_id, wanted_hour.due
    )
    update library.resource set release_at = noted.due from noted where resource.id = noted.resource_id`.execute(
    db,
  );
}

async function untilReleased({ parts: { db } }: District, many: number): Promise<void> {
  const started = performance.now();
  for (;;) {
    const { rows } = await sql<{ live: number }>`select count(*)::int as live from public.wanted_hour
      join library.resource on resource.id = wanted_hour.resource_id where stage = 'live'`.execute(db);
    if (rows[0]?.live === many) return;
    if (secondsSince(started) > patienceSeconds)
      throw new Error(`${String(rows[0]?.live)} of ${String(many)} went out`);
    await sleep(200);
  }
}

interface Outcome {
  readonly many: number;
  readonly kills: number;
  /** From the last release until all pages, the index and the records of who released stand. */
  readonly settled: number;
}

interface Released {
  /** Milliseconds from its hour to its commit. */
  readonly late: number;
  readonly times: number;
  readonly entries: number;
}

async function releasedIn({ parts: { db } }: District): Promise<readonly Released[]> {
  // The feed's own instant is that of the commit.
  const { rows } = await sql<Released>`
    select extract(epoch from min(change.at) - wanted_hour.due)::float8 * 1000 as late, count(*)::int as times,
      (select count(*)::int from sites.listing where listing.resource_id = wanted_hour.resource_id) as entries
    from public.wanted_hour join library.change on change.resource_id = wanted_hour.resource_id and kind = 'released'
    group by wanted_hour.resource_id, wanted_hour.due`.execute(db);
  return rows;
}

async function instantOf(district: District, many: number): Promise<Row> {
  const seconds = Math.max(...(await releasedIn(district)).map((row) => row.late)) / 1_000;
  return {
    what: `Releases of one instant (${withCommas(many)}) → the last one's commit`,
    ours: `${inSeconds(seconds)}, ${withCommas(Math.round(many / seconds))} a second`,
  };
}

async function rowsOf(district: District, outcome: Outcome): Promise<readonly Row[]> {
  const rows = await releasedIn(district);
  const late = rows.map((row) => row.late);
  const p99 = quantile(late, 0.99);
  const once = rows.length === outcome.many && rows.every((row) => row.times === 1);
  const figures = [0.5, 0.95, 0.99].map(
    (share) => `p${String(share * 100)} ${inMilliseconds(quantile(late, share))}`,
  );
  return [
    {
      what: `Hour of a scheduled release → its commit (${withCommas(outcome.many)}, ${withCommas(perMinute)} a minute, ${String(outcome.kills)} workers killed)`,
      ours: `${figures.join(', ')}, slowest ${inMilliseconds(Math.max(...late))}`,
      target: 'p99 ≤ 2 s',
      met: p99 <= targetMilliseconds,
    },
    {
      what: 'Scheduled releases that went out once',
      ours: `${withCommas(rows.filter((row) => row.times === 1).length)} of ${withCommas(outcome.many)}, in ${withCommas(rows.reduce((sum, row) => sum + row.entries, 0))} entries`,
      target: 'all',
      met: once,
    },
    { what: 'Last scheduled release → all pages and the index', ours: inSeconds(outcome.settled) },
  ];
}
