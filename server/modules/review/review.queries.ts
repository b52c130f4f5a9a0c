import { type RawBuilder, sql } from 'kysely';

import type { Actor, Scope } from '../../../contracts/actor.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { ReviewState, ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface ReviewRow {
  readonly id: string;
  readonly resourceId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly chain: readonly ReviewStep[];
  readonly step: number;
  readonly state: ReviewState;
  readonly submittedBy: string;
  readonly submittedByName: string;
  readonly authorIds: readonly string[];
  readonly submittedAt: Date;
  readonly stepSince: Date;
  readonly endedAt: Date | null;
}

/** Every review that a person may see: the only way into the table for the console. */
function reviewsInScope(db: Db, scope: Scope) {
  return db
    .selectFrom('review.review')
    .select([
      'review.review.id',
      'resource_id as resourceId',
      'revision_id as revisionId',
      'revision_digest as revisionDigest',
      'review.review.unit_id as unitId',
      sql<ResourceTypeKey>`review.review.type`.as('type'),
      'title',
      sql<readonly ReviewStep[]>`chain`.as('chain'),
      'step',
      sql<ReviewState>`state`.as('state'),
      'submitted_by as submittedBy',
      'submitted_by_name as submittedByName',
      sql<readonly string[]>`author_ids`.as('authorIds'),
      'submitted_at as submittedAt',
      'step_since as stepSince',
      'ended_at as endedAt',
    ])
    .where(inScope(scope, 'review.review.unit_id'));
}

export function reviewInScope(db: Db, scope: Scope, id: string): Promise<ReviewRow | undefined> {
  return reviewsInScope(db, scope).where('review.review.id', '=', id).executeTakeFirst();
}

/** Locks the row. Always before the resource: two decisions then wait for each other and never for ever. */
export function reviewForUpdate(db: Db, scope: Scope, id: string): Promise<ReviewRow | undefined> {
  return reviewsInScope(db, scope).where('review.review.id', '=', id).forUpdate().executeTakeFirst();
}

/** The reviews that the resource had before this one, newest first. */
export function reviewsBefore(db: Db, scope: Scope, review: ReviewRow): Promise<readonly ReviewRow[]> {
  return reviewsInScope(db, scope)
    .where('resource_id', '=', review.resourceId)
    .where('review.review.id', '<', review.id)
    .orderBy('review.review.id', 'desc')
    .limit(20)
    .execute();
}

/** The same question as `decisionRefusal` for `return`, asked of all open reviews at once. */
function decidableBy(actor: Actor) {
  if (actor.kind !== 'account' || actor.scope.kind === 'all') return sql<boolean>`false`;
  return sql<boolean>`state = 'open'
    and chain -> step ->> 'role' = any(${[...actor.roles]}::text[])
    and not ${actor.id}::bigint = any(author_ids)
    and not exists (select from review.decision
      where review.decision.review_id = review.review.id and decided_by = ${actor.id})`;
}

export interface ReviewPlaceInList {
  readonly at: Date;
  readonly id: string;
}

/** Reviews that wait for this person now, the longest waiting first. */
export function reviewsDecidableBy(
  db: Db,
  actor: Actor,
  wanted: { readonly resourceId?: string | undefined; readonly after?: ReviewPlaceInList | undefined },
  limit: number,
): Promise<readonly ReviewRow[]> {
  let query = reviewsInScope(db, actor.scope).where(decidableBy(actor));
  if (wanted.resourceId !== undefined) query = query.where('resource_id', '=', wanted.resourceId);
  if (wanted.after) {
    const { at, id } = wanted.after;
    query = query.where(sql<boolean>`(step_since, review.review.id) > (${at}, ${id}::bigint)`);
  }
  return query.orderBy('step_since').orderBy('review.review.id').limit(limit).execute();
}

export interface ReviewFilter {
  readonly state?: ReviewState | undefined;
  readonly resourceId?: string | undefined;
  readonly beforeId?: string | undefined;
}

/** Reviews in scope, the newest first. */
export function reviewPage(
  db: Db,
  scope: Scope,
  filter: ReviewFilter,
  limit: number,
): Promise<readonly ReviewRow[]> {
  let query = reviewsInScope(db, scope);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.resourceId !== undefined) query = query.where('resource_id', '=', filter.resourceId);
  if (filter.beforeId !== undefined) query = query.where('review.review.id', '<', filter.beforeId);
  return query.orderBy('review.review.id', 'desc').limit(limit).execute();
}

/** Counts no further than `cap`. */
export function countDecidableBy(db: Db, actor: Actor, cap: number): Promise<number> {
  return countReviews(db, actor.scope, decidableBy(actor), cap);
}

export function countOpen(db: Db, scope: Scope, cap: number): Promise<number> {
  return countReviews(db, scope, sql<boolean>`state = 'open'`, cap);
}

async function countReviews(db: Db, scope: Scope, which: RawBuilder<boolean>, cap: number): Promise<number> {
  const { rows } = await sql<{ number: string }>`select count(*) as number from (
    select from review.review where ${inScope(scope, 'review.review.unit_id')} and ${which} limit ${cap}) counted`.execute(
    db,
  );
  return Number(rows[0]?.number ?? 0);
}

export interface ReturnedRow {
  readonly reviewId: string;
  readonly resourceId: string;
  readonly title: string;
  readonly stepName: string;
  readonly reason: string;
  readonly returnedByName: string;
  readonly returnedAt: Date;
}

/** Works of this author that came back and were not handed in again, the newest first. */
export function returnedTo(db: Db, actor: Actor, limit: number): Promise<readonly ReturnedRow[]> {
  return db
    .selectFrom('review.review')
    .innerJoin('review.decision', 'review.decision.review_id', 'review.review.id')
    .select([
      'review.review.id as reviewId',
      'resource_id as resourceId',
      'title',
      'step_name as stepName',
      sql<string>`coalesce(reason, '')`.as('reason'),
      'decided_by_name as returnedByName',
      'decided_at as returnedAt',
    ])
    .where(inScope(actor.scope, 'review.review.unit_id'))
    .where('state', '=', 'returned')
    .where('next_id', 'is', null)
    .where('outcome', '=', 'returned')
    .where(sql<boolean>`${actor.id}::bigint = any(author_ids)`)
    .orderBy('ended_at', 'desc')
    .limit(limit)
    .execute();
}
