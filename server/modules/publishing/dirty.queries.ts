import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { ClaimedPage, Priority } from './page.types.ts';

/** How many candidates to look at for each page wanted: enough for several workers side by side. */
const LOOK_AHEAD = 6;
const LONGEST_PROBLEM = 500;

export interface AskedKey {
  readonly act: number;
  readonly key: string;
  readonly rank: number;
}

/** What one act or several ask for; each is told from the others by its number. */
export interface DirtyRequest {
  readonly tags: readonly { readonly act: number; readonly tag: string }[];
  readonly keys: readonly AskedKey[];
  /** Given when somebody wants to know when all pages of an act stand. */
  readonly receipts?: readonly { readonly act: number; readonly id: string }[];
  readonly priority: Priority;
  /** Pages of an act beyond this many are not worth letting another person wait for. */
  readonly atOnce: number;
}

/**
 * Marks every page that holds one of the tags, and the given keys. Stays in the database: a tag may be
 * on a million pages. Tag by tag: asked for hundreds at once, the planner reads the whole table and compares
 * every page with every tag (measured among 104,000 pages with 363 tags: 6.4 s instead of 3 ms). Rows are touched in key order, so that two requests cannot wait for each other.
 */
export async function markDirtyByTags(db: Db, request: DirtyRequest): Promise<number> {
  const { tags, keys, receipts = [], priority, atOnce } = request;
  const { rows } = await sql<{ marked: string }>`
    with asked as materialized (
      select tag, array_agg(act) as acts
      from unnest(${tags.map((one) => one.tag)}::text[], ${tags.map((one) => one.act)}::int[]) as asked (tag, act)
      group by tag
    ), affected as (
      select unnest(asked.acts) as act, page.key, page.rank from asked cross join lateral (
        select key, rank from publishing.page where tags @> array[asked.tag]
      ) as page
      union all
      select unnest(asked.acts), expected.page_key, 0 from publishing.expected_tag as expected
      join asked on asked.tag = any(expected.tags)
      where expected.tags && ${[...new Set(tags.map((one) => one.tag))]}::text[]
      union all
      select act, key, rank from unnest(
        ${keys.map((one) => one.act)}::int[], ${keys.map((one) => one.key)}::text[],
        ${keys.map((one) => one.rank)}::smallint[]
      ) as named (act, key, rank)
    ), once as (
      select act, key, min(rank) as rank from affected group by act, key
    ), placed as (
      select act, key, rank, row_number() over (partition by act order by rank, key) as place from once
    ), marked as (
      insert into publishing.dirty as d (page_key, priority, rank)
      select key, case when min(place) > ${atOnce} then 1 else ${priority}::int end, min(rank)
      from placed group by key order by key
      on conflict (page_key) do update set
        generation = excluded.generation,
        priority = least(d.priority, excluded.priority),
        rank = least(d.rank, excluded.rank),
        failures = 0,
        retry_at = '-infinity'
      returning d.page_key
    ), awaited as (
      -- A page that is asked for again has to be built again before it counts.
      insert into publishing.receipt_page (receipt_id, page_key)
      select distinct followed.id, placed.key from placed join unnest(
        ${receipts.map((one) => one.act)}::int[], ${receipts.map((one) => one.id)}::bigint[]
      ) as followed (act, id) using (act)
      on conflict (receipt_id, page_key) do update set live_at = null
    )
    select count(*) as marked from marked`.execute(db);
  return Number(rows[0]?.marked ?? 0);
}

/** Marks pages whose stored form is in doubt: they are written again even when nothing changed. */
export async function markForced(db: Db, keys: readonly string[], priority: Priority): Promise<void> {
  await sql`
    insert into publishing.dirty as d (page_key, priority, rank, forced)
    select asked.key, ${priority}::int, coalesce(page.rank, 0), true
    from (select distinct unnest(${[...keys]}::text[]) as key) as asked
    left join publishing.page on page.key = asked.key
    order by asked.key
    on conflict (page_key) do update set
      generation = excluded.generation,
      priority = least(d.priority, excluded.priority),
      forced = true`.execute(db);
}

export async function markKeys(db: Db, keys: readonly string[], rank: number): Promise<void> {
  await sql`
    insert into publishing.dirty as d (page_key, priority, rank)
    select key, 1, ${rank}::int from unnest(${[...keys]}::text[]) as asked (key) order by key
    on conflict (page_key) do update set generation = excluded.generation, failures = 0, retry_at = '-infinity'
  `.execute(db);
}

/** Marks stored pages, in key order after `after`; the last key marked, or null at the end. */
export async function markStoredPages(db: Db, after: string, limit: number): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`
    with batch as (
      select key, rank from publishing.page where key > ${after} order by key limit ${limit}
    ), marked as (
      insert into publishing.dirty as d (page_key, priority, rank)
      select key, 1, rank from batch order by key
      on conflict (page_key) do update set generation = excluded.generation
    )
    select max(key) as last from batch`.execute(db);
  return rows[0]?.last ?? null;
}

// A page is built by whoever holds the advisory lock on its key. A lock on the dirty row would do as
// well, but then an event that asks for the page again would have to wait for the build.
const lockOfKey = sql`pg_try_advisory_xact_lock(hashtextextended('page ' || key, 0))`;

/** The next pages to build, locked until the end of this transaction; others' are passed over. */
export async function claimDirtyPages(
  db: Db,
  priority: Priority,
  limit: number,
): Promise<readonly ClaimedPage[]> {
  const { rows } = await sql<ClaimedPage>`
    with candidate as materialized (
      select page_key as key, generation::text, forced from publishing.dirty
      where priority = ${priority}::int and retry_at <= clock_timestamp()
      order by rank, since, page_key limit ${limit * LOOK_AHEAD}
    )
    select key, generation, forced from candidate where ${lockOfKey} limit ${limit}`.execute(db);
  return rows;
}

/** Locks these pages, whatever asked for them, as far as nobody else is building them. */
export async function claimPages(db: Db, keys: readonly string[]): Promise<readonly ClaimedPage[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ key: string }>`
    select key from unnest(${[...keys]}::text[]) as asked (key) where ${lockOfKey}`.execute(db);
  // Asked only after the lock is ours, so that the request read here is answered by what is loaded next.
  const { rows: requests } = await sql<ClaimedPage>`
    select page_key as key, generation::text, forced from publishing.dirty
    where page_key = any(${rows.map((row) => row.key)}::text[])`.execute(db);
  const byKey = new Map(requests.map((request) => [request.key, request]));
  return rows.map(({ key }) => byKey.get(key) ?? { key, generation: null, forced: false });
}

/** Whoever changes several requests takes them in this order: two of them would else wait for each other. */
export async function lockRequests(db: Db, keys: readonly string[]): Promise<void> {
  await sql`
    select from publishing.dirty where page_key = any(${[...keys]}::text[])
    order by page_key for update`.execute(db);
}

/**
 * Ends the requests that were answered; one made in the meantime has another generation and stays. For the acts that
 * asked, these pages stand now.
 */
export async function deleteAnswered(db: Db, pages: readonly ClaimedPage[]): Promise<void> {
  const answered = pages.filter((page) => page.generation !== null);
  if (answered.length === 0) return;
  // Locked in one order: two batches that end together would else wait for each other.
  await sql`
    with held as (
      select d.page_key from publishing.dirty as d
      join unnest(
        ${answered.map((page) => page.key)}::text[], ${answered.map((page) => page.generation)}::bigint[]
      ) as answered (key, generation) on d.page_key = answered.key and d.generation = answered.generation
      order by d.page_key for update of d
    ), ended as (
      delete from publishing.dirty as d using held where d.page_key = held.page_key returning d.page_key
    )
    update publishing.receipt_page as awaited set live_at = clock_timestamp()
    from ended where awaited.page_key = ended.page_key and awaited.live_at is null`.execute(db);
}

/** The stored form of these pages is in doubt no longer, though they stay to be built. */
export async function clearForced(db: Db, pages: readonly ClaimedPage[]): Promise<void> {
  if (pages.length === 0) return;
  await sql`
    update publishing.dirty as d set forced = false
    from unnest(
      ${pages.map((page) => page.key)}::text[], ${pages.map((page) => page.generation)}::bigint[]
    ) as kept (key, generation)
    where d.page_key = kept.key and d.generation = kept.generation`.execute(db);
}

export interface PageProblem {
  readonly key: string;
  readonly rank: number;
  readonly problem: string;
}

/** Puts off pages that cannot be built: 2 s, then twice as long each time, at most a minute. */
export async function recordProblems(db: Db, problems: readonly PageProblem[]): Promise<void> {
  if (problems.length === 0) return;
  await sql`
    insert into publishing.dirty as d (page_key, priority, rank, failures, retry_at, problem)
    select key, 1, rank, 1, clock_timestamp() + interval '2 seconds', problem
    from unnest(
      ${problems.map((one) => one.key)}::text[],
      ${problems.map((one) => one.rank)}::smallint[],
      ${problems.map((one) => one.problem.slice(0, LONGEST_PROBLEM))}::text[]
    ) as failed (key, rank, problem)
    order by key
    on conflict (page_key) do update set
      failures = d.failures + 1,
      retry_at = clock_timestamp() + least(power(2, least(d.failures, 20) + 1), 60) * interval '1 second',
      problem = excluded.problem`.execute(db);
}

/** Tries what cannot be built again at once, as an operator wishes. Answers how many pages that are. */
export async function retryFailing(db: Db): Promise<number> {
  const result = await sql`
    with failing as (
      select page_key from publishing.dirty where failures > 0 order by page_key for update
    )
    update publishing.dirty as d set retry_at = '-infinity' from failing where d.page_key = failing.page_key
  `.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** Whether any page of this class could be built now. */
export async function isAnyReady(db: Db, priority: Priority): Promise<boolean> {
  const { rows } = await sql`
    select from publishing.dirty where priority = ${priority}::int and retry_at <= clock_timestamp()
    limit 1`.execute(db);
  return rows.length > 0;
}

/** Pages that could be built now; those in the background count only when nobody makes them wait. */
export async function countReady(db: Db): Promise<number> {
  const { rows } = await sql<{ ready: string }>`
    select count(*) as ready from (
      select from publishing.dirty where retry_at <= clock_timestamp() and (priority = 0 or not exists (
        select from publishing.background where paused_at is not null
      )) limit 1000
    ) as capped`.execute(db);
  return Number(rows[0]?.ready ?? 0);
}
