import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** A page that cannot be built and keeps standing as it last was. */
export interface FailingPage {
  readonly key: string;
  /** Where it stands; null when it never stood anywhere. */
  readonly site: string | null;
  readonly path: string | null;
  readonly failures: number;
  readonly problem: string | null;
  readonly since: Date;
  readonly retryAt: Date;
}

export interface PublishingStatus {
  /** Pages waiting, by priority: 0 somebody waits, 1 in the background. Counted up to the cap. */
  readonly dirty: Readonly<Record<'0' | '1', number>>;
  readonly oldestDirtySince: Date | null;
  /** Pages that could not be built, with the reason. */
  readonly failing: readonly FailingPage[];
  /** All of them, counted up to a thousand. */
  readonly failingCount: number;
  readonly pagesBySite: Readonly<Record<string, number>>;
  readonly countsCappedAt: number;
}

const COUNT_CAP = 100_000;
const FAILING_NAMED = 20;
const FAILING_COUNTED = 1_000;

export async function publishingStatus(db: Db): Promise<PublishingStatus> {
  const counts = await sql<{ priority: '0' | '1'; pages: string; since: Date | null }>`
    select wanted.priority::text, counted.pages, counted.since from (values (0), (1)) as wanted (priority)
    cross join lateral (
      select count(*) as pages, min(since) as since from (
        select since from publishing.dirty where priority = wanted.priority
        order by rank, since limit ${COUNT_CAP}
      ) as capped
    ) as counted`.execute(db);
  const failing = await sql<FailingPage>`
    select dirty.page_key as key, page.site, page.path, dirty.failures, dirty.problem, dirty.since,
      dirty.retry_at as "retryAt"
    from publishing.dirty left join publishing.page on page.key = dirty.page_key
    where dirty.failures > 0 order by dirty.failures desc, dirty.page_key limit ${FAILING_NAMED}`.execute(db);
  const failingCount = await sql<{ pages: number }>`
    select count(*)::int as pages from (
      select from publishing.dirty where failures > 0 limit ${FAILING_COUNTED}
    ) as capped`.execute(db);
  const sites = await sql<{ site: string; pages: string }>`
    with recursive known as (
      (select site from publishing.page order by site limit 1)
      union all
      select (select page.site from publishing.page where page.site > known.site order by page.site limit 1)
      from known where known.site is not null
    )
    select known.site, (
      select count(*) from (select from publishing.page where page.site = known.site limit ${COUNT_CAP}) as capped
    ) as pages
    from known where known.site is not null`.execute(db);
  const waiting = new Map(counts.rows.map((row) => [row.priority, row]));
  const times = counts.rows.flatMap((row) => (row.since ? [row.since.getTime()] : []));
  return {
    dirty: { 0: Number(waiting.get('0')?.pages ?? 0), 1: Number(waiting.get('1')?.pages ?? 0) },
    oldestDirtySince: times.length > 0 ? new Date(Math.min(...times)) : null,
    failing: failing.rows,
    failingCount: failingCount.rows[0]?.pages ?? 0,
    pagesBySite: Object.fromEntries(sites.rows.map((row) => [row.site, Number(row.pages)])),
    countsCappedAt: COUNT_CAP,
  };
}
