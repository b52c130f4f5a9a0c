import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type {
  ReviewState,
  ReviewStep,
  UrgentRelease,
  UrgentShown,
  UrgentState,
} from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { idsOrNull, timeColumns } from './change-review.queries.ts';

export interface StepsLeft {
  readonly step: number;
  readonly lastStep: number;
  /** Whose approval the step waits for, by name; null: whoever holds its role. */
  readonly waitingIds: readonly string[] | null;
}

/** The open review goes on as what is decided afterwards, by the hours of the release and no time limit of a step. Its row is locked. */
export async function beginRetrospective(
  db: Db,
  reviewId: string,
  { state, step, lastStep, waitingIds }: StepsLeft & { readonly state: ReviewState },
  at: Date,
): Promise<void> {
  await db
    .updateTable('review.review')
    .set({
      state,
      step,
      last_step: lastStep,
      waiting_ids: idsOrNull(waitingIds),
      step_since: at,
      ...timeColumns(null),
    })
    .where('id', '=', reviewId)
    .execute();
}

export interface NewUrgentReleaseRow {
  readonly reviewId: string;
  readonly resourceId: string;
  readonly reason: string;
  readonly releasedBy: string;
  readonly releasedByName: string;
  readonly releasedAt: Date;
  readonly dueAt: Date;
}

export async function insertUrgentRelease(db: Db, row: NewUrgentReleaseRow): Promise<void> {
  await db
    .insertInto('review.urgent_release')
    .values({
      review_id: row.reviewId,
      resource_id: row.resourceId,
      reason: row.reason,
      released_by: row.releasedBy,
      released_by_name: row.releasedByName,
      released_at: row.releasedAt,
      due_at: row.dueAt,
    })
    .execute();
}

export interface UrgentReleaseRow extends NewUrgentReleaseRow {
  readonly revisionId: string;
  readonly unitId: string;
  readonly title: string;
  readonly type: ResourceTypeKey;
  readonly state: UrgentState;
  readonly chain: readonly ReviewStep[];
  readonly step: number;
  readonly stepSince: Date;
  readonly endedAt: Date | null;
  readonly objectedByName: string | null;
  readonly objection: string | null;
  readonly settledAs: UrgentRelease['settledAs'];
}

function urgentReleases(db: Db) {
  return db
    .selectFrom('review.urgent_release')
    .innerJoin('review.review', 'review.review.id', 'review.urgent_release.review_id')
    .leftJoin('review.decision', (join) =>
      join
        .onRef('review.decision.review_id', '=', 'review.urgent_release.review_id')
        .on('review.decision.outcome', '=', 'objected'),
    )
    .select([
      'review.urgent_release.review_id as reviewId',
      'review.urgent_release.resource_id as resourceId',
      'revision_id as revisionId',
      'review.review.unit_id as unitId',
      'title',
      sql<ResourceTypeKey>`review.review.type`.as('type'),
      sql<UrgentState>`state`.as('state'),
      sql<readonly ReviewStep[]>`chain`.as('chain'),
      'review.review.step',
      'step_since as stepSince',
      'ended_at as endedAt',
      'review.urgent_release.reason',
      'released_by as releasedBy',
      'released_by_name as releasedByName',
      'released_at as releasedAt',
      'review.urgent_release.due_at as dueAt',
      'decided_by_name as objectedByName',
      'review.decision.reason as objection',
      sql<UrgentRelease['settledAs']>`settled_as`.as('settledAs'),
    ]);
}

export function urgentReleaseOf(db: Db, reviewId: string): Promise<UrgentReleaseRow | undefined> {
  return urgentReleases(db).where('review.urgent_release.review_id', '=', reviewId).executeTakeFirst();
}

export function urgentReleasesOf(db: Db, reviewIds: readonly string[]): Promise<readonly UrgentReleaseRow[]> {
  if (reviewIds.length === 0) return Promise.resolve([]);
  return urgentReleases(db)
    .where('review.urgent_release.review_id', 'in', reviewIds)
    .orderBy('review.urgent_release.due_at')
    .execute();
}

const stateShown: Readonly<Record<UrgentShown, UrgentState>> = {
  waiting: 'retrospective',
  overdue: 'retrospective',
  confirmed: 'confirmed',
  objected: 'objected',
};

export interface UrgentFilter {
  readonly now: Date;
  readonly show?: UrgentShown | undefined;
  readonly resourceId?: string | undefined;
  readonly beforeId?: string | undefined;
}

/** What went out urgently in scope, the newest review first. */
export function urgentReleasePage(
  db: Db,
  scope: Scope,
  { now, show, resourceId, beforeId }: UrgentFilter,
  limit: number,
): Promise<readonly UrgentReleaseRow[]> {
  let query = urgentReleases(db).where(inScope(scope, 'review.review.unit_id'));
  if (show !== undefined) query = query.where('state', '=', stateShown[show]);
  if (show === 'overdue') query = query.where('review.urgent_release.due_at', '<', now);
  if (resourceId !== undefined) query = query.where('review.urgent_release.resource_id', '=', resourceId);
  if (beforeId !== undefined) query = query.where('review.urgent_release.review_id', '<', beforeId);
  return query.orderBy('review.urgent_release.review_id', 'desc').limit(limit).execute();
}

/** What still waits for its review, the one that is due first first. */
export function retrospectivesDue(db: Db, scope: Scope, limit: number): Promise<readonly UrgentReleaseRow[]> {
  return urgentReleases(db)
    .where(inScope(scope, 'review.review.unit_id'))
    .where('state', '=', 'retrospective')
    .orderBy('review.urgent_release.due_at')
    .orderBy('review.urgent_release.review_id')
    .limit(limit)
    .execute();
}

/** Objections that are not noted as settled. */
export function objectionsUnsettled(
  db: Db,
  scope: Scope,
  limit: number,
): Promise<readonly UrgentReleaseRow[]> {
  return urgentReleases(db)
    .where(inScope(scope, 'review.review.unit_id'))
    .where('state', '=', 'objected')
    .where('settled_at', 'is', null)
    .orderBy('review.urgent_release.review_id')
    .limit(limit)
    .execute();
}

export interface UrgentCounts {
  readonly waiting: number;
  readonly overdue: number;
  readonly objected: number;
}

/** Counts no further than `cap`. */
export async function countUrgentReleases(
  db: Db,
  scope: Scope,
  now: Date,
  cap: number,
): Promise<UrgentCounts> {
  const { rows } = await sql<Record<keyof UrgentCounts, string>>`
    select count(*) filter (where state = 'retrospective') as waiting,
      count(*) filter (where state = 'retrospective' and due_at < ${now}) as overdue,
      count(*) filter (where state = 'objected') as objected
    from (select state, urgent_release.due_at from review.urgent_release join review.review on review.id = review_id
      where ${inScope(scope, 'review.review.unit_id')} and state in ('retrospective', 'objected')
        and settled_at is null limit ${cap}) counted`.execute(db);
  const [counted] = rows;
  return {
    waiting: Number(counted?.waiting ?? 0),
    overdue: Number(counted?.overdue ?? 0),
    objected: Number(counted?.objected ?? 0),
  };
}

export interface Settlement {
  readonly reviewId: string;
  readonly settledAs: 'corrected' | 'withdrawn';
}

/** Answers how many were none before. */
export async function settleObjections(
  db: Db,
  settlements: readonly Settlement[],
  at: Date,
): Promise<number> {
  if (settlements.length === 0) return 0;
  const { rows } = await sql`
    update review.urgent_release set settled_as = found.settled_as, settled_at = ${at}
    from unnest(${settlements.map(({ reviewId }) => reviewId)}::bigint[],
      ${settlements.map(({ settledAs }) => settledAs)}::text[]) as found (review_id, settled_as)
    where urgent_release.review_id = found.review_id and settled_at is null
    returning urgent_release.review_id`.execute(db);
  return rows.length;
}

export type RetrospectiveReminder = 'soon' | 'overdue';

export interface ReminderDue {
  readonly reviewId: string;
  readonly kind: RetrospectiveReminder;
}

/** Whom the clock has not reminded of yet: when a quarter of the hours is left, and when they are over. */
export async function retrospectiveRemindersDue(db: Db, now: Date): Promise<readonly ReminderDue[]> {
  const { rows } = await sql<ReminderDue>`
    select review_id as "reviewId", kind
    from review.review join review.urgent_release on review_id = id
    cross join lateral (values ('soon', urgent_release.due_at - (urgent_release.due_at - released_at) / 4),
      ('overdue', urgent_release.due_at)) as wanted (kind, since)
    where state = 'retrospective' and since <= ${now}
      and not exists (select from review.retrospective_reminder given
        where given.review_id = urgent_release.review_id and given.kind = wanted.kind)
    order by review_id, since limit 500`.execute(db);
  return rows;
}

/** Notes what was not noted yet, and says how many that were. */
export async function noteRetrospectiveReminders(
  db: Db,
  reminders: readonly ReminderDue[],
  now: Date,
): Promise<number> {
  if (reminders.length === 0) return 0;
  const rows = await db
    .insertInto('review.retrospective_reminder')
    .values(reminders.map(({ reviewId, kind }) => ({ review_id: reviewId, kind, given_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .execute();
  return rows.length;
}

/** When people were last reminded of each. */
export async function retrospectiveRemindersOf(
  db: Db,
  reviewIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  if (reviewIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('review.retrospective_reminder')
    .select(['review_id as reviewId', sql<Date>`max(given_at)`.as('givenAt')])
    .where('review_id', 'in', reviewIds)
    .groupBy('review_id')
    .execute();
  return new Map(rows.map(({ reviewId, givenAt }) => [reviewId, givenAt]));
}
