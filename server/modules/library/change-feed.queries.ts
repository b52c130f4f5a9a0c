import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import { inView, type OpenView } from './open-view.queries.ts';

export const changeKinds = ['released', 'withdrawn', 'expired', 'relisted', 'relabelled'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One row of the change feed. */
export interface ChangeRow {
  /** Given at the commit: a row that can be seen has none before it that will be seen later. */
  readonly position: string;
  readonly resourceId: string;
  readonly unitId: string;
  /** `relisted`: what is live stayed the same, and is shown elsewhere or no longer everywhere.
   *  `relabelled`: a term that classifies it is called otherwise. */
  readonly kind: ChangeKind;
  readonly revisionId: string | null;
  readonly revisionNumber: number | null;
  /** SHA-256 of the revision's content, in hexadecimal. */
  readonly digest: string | null;
  readonly at: Date;
}

/** The last position that is given; 0 when nothing ever happened. */
export async function feedHead(db: Db): Promise<string> {
  const { rows } = await sql<{ head: string }>`
    select coalesce(max(position), 0) as head from library.change`.execute(db);
  return rows[0]?.head ?? '0';
}

/** At the commit the feed tells that the terms of these are read otherwise. */
export async function tellRelabelled(db: Db, resourceIds: readonly string[]): Promise<void> {
  await db
    .insertInto('library.relabelling')
    .values({ resource_ids: [...resourceIds] })
    .execute();
}

/** From where to read to miss nothing that happened at that instant or later. */
export async function positionBefore(db: Db, instant: Date): Promise<string> {
  const { rows } = await sql<{ before: string | null }>`
    select min(position) - 1 as before from library.change where at >= ${instant}`.execute(db);
  return rows[0]?.before ?? (await feedHead(db));
}

/**
 * Waits for those who are committing now. Answers the database's time before the wait: whatever happened up to then can
 * be seen afterwards, so that somebody who asks by times, as harvesters do, misses nothing either.
 */
export async function awaitCommits(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  await sql`select pg_advisory_xact_lock_shared(7246042)`.execute(db);
  return rows[0]?.now ?? new Date(0);
}

export interface FeedWish {
  /** Positions after this one … */
  readonly after: string;
  /** … up to and with this one: what is searched through in one call has an end. */
  readonly upTo: string;
  readonly view: OpenView;
  readonly limit: number;
  /** Only rows that are still the last of their resource. */
  readonly latestOnly?: boolean;
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
}

const columns = sql`change.position, change.resource_id as "resourceId",
  resource.unit_id as "unitId", change.kind,
  change.revision_id as "revisionId", revision.number as "revisionNumber", encode(change.digest, 'hex') as digest,
  change.at`;

/** Rows of the feed in its order. */
export async function changesAfter(db: Db, wish: FeedWish): Promise<readonly ChangeRow[]> {
  const { after, upTo, view, limit, latestOnly = false, from, before } = wish;
  const conditions = [
    sql`change.position > ${after}::bigint and change.position <= ${upTo}::bigint`,
    inView(view, 'resource'),
    ...(latestOnly
      ? [
          sql`not exists (select from library.change as later
            where later.resource_id = change.resource_id and later.position > change.position)`,
        ]
      : []),
    ...(from === undefined ? [] : [sql`change.at >= ${from}`]),
    ...(before === undefined ? [] : [sql`change.at < ${before}`]),
  ];
  const { rows } = await sql<ChangeRow>`
    select ${columns} from library.change
      join library.resource on resource.id = change.resource_id
      left join library.revision on revision.id = change.revision_id
    where ${sql.join(conditions, sql` and `)}
    order by change.position limit ${limit}`.execute(db);
  return rows;
}

export interface SampledChange {
  readonly position: string;
  readonly resourceId: string;
}

/** What came, changed or went among every so-manieth resource, in the order of the feed. */
export async function sampledChanges(
  db: Db,
  range: { readonly after: string; readonly upTo: string; readonly every: number },
  limit: number,
): Promise<readonly SampledChange[]> {
  const { rows } = await sql<SampledChange>`
    select position, resource_id as "resourceId" from library.change
    where position > ${range.after}::bigint and position <= ${range.upTo}::bigint
      and kind <> 'relisted' and resource_id % ${range.every}::bigint = 0
    order by position limit ${limit}`.execute(db);
  return rows;
}

/** The last row of a resource. */
export async function lastChange(db: Db, view: OpenView, resourceId: string): Promise<ChangeRow | undefined> {
  const { rows } = await sql<ChangeRow>`
    select ${columns} from library.change
      join library.resource on resource.id = change.resource_id
      left join library.revision on revision.id = change.revision_id
    where change.resource_id = ${resourceId}::bigint and ${inView(view, 'resource')}
    order by change.position desc limit 1`.execute(db);
  return rows[0];
}

/** What a resource was told to be before a position; undefined when that is the first time. */
export async function kindBefore(
  db: Db,
  resourceId: string,
  position: string,
): Promise<ChangeKind | undefined> {
  const { rows } = await sql<{ kind: ChangeKind }>`
    select kind from library.change where resource_id = ${resourceId}::bigint and position < ${position}::bigint
    order by position desc limit 1`.execute(db);
  return rows[0]?.kind;
}

/** When the first row was made: from there on the feed knows everything. */
export async function feedBeginning(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select at from library.change order by position limit 1`.execute(db);
  return rows[0]?.at;
}
