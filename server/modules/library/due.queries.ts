import { sql } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';

/** Something due, and so where the next page of what is due begins. */
export interface DueCursor {
  readonly id: string;
  /** Null: at once. */
  readonly at: Date | null;
}

/** Something signed whose hour has come. */
export interface DueRelease extends DueCursor {
  readonly type: ResourceTypeKey;
}

/** Whether the hour of any release has come. Asked several times a second: one look at an index. */
export async function isReleaseDue(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (
      select from library.resource where signed_revision_id is not null and stage = 'scheduled'
        and not release_held and coalesce(release_at, '-infinity') <= ${now}
    ) as due`.execute(db);
  return rows[0]?.due === true;
}

/** So many at once are a rush; fewer that are late are somebody's own trouble. */
const rush = 50;
/** What has been late for longer does not wait for a turn: it fails. */
const longestRush = 60_000;

/** Whether many releases have been late since then: one look at the index in which they wait. */
export async function areReleasesLate(db: Db, since: Date): Promise<boolean> {
  const { rows } = await sql`
    select from library.resource where signed_revision_id is not null and stage = 'scheduled' and not release_held
      and coalesce(release_at, '-infinity') between ${new Date(since.getTime() - longestRush)} and ${since}
    order by coalesce(release_at, '-infinity'), id offset ${rush - 1} limit 1`.execute(db);
  return rows.length > 0;
}

/** Whether the hour of any expiry has come, or the day of a ruling. */
export async function isEndDue(db: Db, now: Date, today: string): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (
      select from library.resource where live_revision_id is not null and expire_at <= ${now}
    ) or exists (
      select from library.validity_ruling as ruling join library.resource on resource.id = ruling.resource_id
      where ruling.state = 'waiting' and ruling.effective_on <= ${today}::date
        and resource.live_revision_id is not null
    ) as due`.execute(db);
  return rows[0]?.due === true;
}

/**
 * The one due query for releases: asked again and again, it returns what is signed and whose hour has come.
 * It reads state, so a restart, a clock jump or a missed tick loses nothing.
 */
export function resourcesDueForRelease(
  db: Db,
  now: Date,
  limit: number,
  after?: DueCursor,
): Promise<readonly DueRelease[]> {
  const hour = sql<Date>`coalesce(release_at, '-infinity')`;
  let query = db
    .selectFrom('library.resource')
    .select(['id', 'release_at as at', sql<ResourceTypeKey>`type`.as('type')])
    .where('signed_revision_id', 'is not', null)
    .where('stage', '=', 'scheduled')
    .where('release_held', '=', false)
    .where(hour, '<=', now);
  if (after) {
    const from = sql`(coalesce(${after.at}::timestamptz, '-infinity'), ${after.id}::bigint)`;
    query = query.where(sql<boolean>`(${hour}, id) > ${from}`);
  }
  return query.orderBy(hour).orderBy('id').limit(limit).execute();
}

export function resourcesDueForExpiry(
  db: Db,
  now: Date,
  limit: number,
  after?: DueCursor,
): Promise<readonly DueCursor[]> {
  let query = db
    .selectFrom('library.resource')
    .select(['id', 'expire_at as at'])
    .where('live_revision_id', 'is not', null)
    .where('expire_at', '<=', now);
  if (after)
    query = query.where(sql<boolean>`(expire_at, id) > (${after.at}::timestamptz, ${after.id}::bigint)`);
  return query.orderBy('expire_at').orderBy('id').limit(limit).execute();
}

/** Releases that should have happened more than a minute ago: not zero means that no worker runs. */
export async function overdueReleases(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('library.resource')
    .select((is) => is.fn.countAll<string>().as('number'))
    .where('signed_revision_id', 'is not', null)
    .where('stage', '=', 'scheduled')
    .where('release_held', '=', false)
    .where(sql<boolean>`coalesce(release_at, updated_at) < ${new Date(now.getTime() - 60_000)}`)
    .executeTakeFirstOrThrow();
  return Number(row.number);
}

export interface ScheduledFigures {
  /** All that are signed and wait to go out. */
  readonly scheduled: number;
  /** Those of them for which somebody else says when, by id. */
  readonly heldIds: readonly string[];
}

export async function scheduledFigures(db: Db): Promise<ScheduledFigures> {
  const { rows } = await sql<{ scheduled: string; heldIds: readonly string[] | null }>`
    select count(*) as scheduled, array_agg(id::text) filter (where release_held) as "heldIds"
    from library.resource where signed_revision_id is not null and stage = 'scheduled'`.execute(db);
  const [row] = rows;
  return { scheduled: Number(row?.scheduled ?? 0), heldIds: row?.heldIds ?? [] };
}
