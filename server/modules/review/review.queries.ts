import { type RawBuilder, sql } from 'kysely';

import type { Actor, Scope } from '../../../contracts/actor.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { ReviewState, ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import type { Desk } from './desk.types.ts';
import { opinionSeenAt } from './opinion.queries.ts';

type RunningState = 'open' | 'retrospective';

export interface ReviewRow {
  readonly id: string;
  readonly resourceId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly chain: readonly ReviewStep[];
  readonly waitingIds: readonly string[] | null;
  readonly step: number;
  readonly lastStep: number | null;
  readonly state: ReviewState;
  readonly submittedBy: string;
  readonly submittedByName: string;
  readonly authorIds: readonly string[];
  readonly urgentWish: string | null;
  readonly submittedAt: Date;
  readonly stepSince: Date;
  readonly endedAt: Date | null;
  /** Of the step that runs. */
  readonly soonAt: Date | null;
  readonly dueAt: Date | null;
  /** Who sees it and may urge because it is overdue. */
  readonly escalatedIds: readonly string[] | null;
}

function reviews(db: Db) {
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
      sql<readonly string[] | null>`waiting_ids::text[]`.as('waitingIds'),
      'step',
      'last_step as lastStep',
      sql<ReviewState>`state`.as('state'),
      'submitted_by as submittedBy',
      'submitted_by_name as submittedByName',
      sql<readonly string[]>`author_ids`.as('authorIds'),
      'urgent_wish as urgentWish',
      'submitted_at as submittedAt',
      'step_since as stepSince',
      'ended_at as endedAt',
      'soon_at as soonAt',
      'due_at as dueAt',
      sql<readonly string[] | null>`escalated_ids::text[]`.as('escalatedIds'),
    ]);
}

/** Every review of the units that a person may see. */
function reviewsInScope(db: Db, scope: Scope) {
  return reviews(db).where(inScope(scope, 'review.review.unit_id'));
}

const peopleAt = ({ actor, delegators }: Desk): string[] => [actor.id, ...delegators.map(({ id }) => id)];

/**
 * A step asks this person, those who delegated to them, or a unit in which one of them reviews or signs. Nobody is
 * asked for another role of theirs.
 */
function asksAt(desk: Desk): RawBuilder<boolean> {
  const { actor, delegators } = desk;
  if (actor.kind !== 'account' || actor.scope.kind === 'all') return sql`false`;
  const units = [actor, ...delegators].flatMap(({ roles, scope }) =>
    scope.kind === 'units' && (roles.includes('reviewer') || roles.includes('principal'))
      ? scope.unitIds
      : [],
  );
  return sql`(asked_ids && ${peopleAt(desk)}::bigint[] or asked_unit_ids && ${[...new Set(units)]}::bigint[])`;
}

/** Open reviews that are overdue, and escalated to somebody here. */
const escalatedTo = (desk: Desk): RawBuilder<boolean> =>
  sql`(state = 'open' and escalated_ids && ${peopleAt(desk)}::bigint[])`;

/**
 * The reviews of other units that ask for somebody here: while they run, and then those in which one of them decided;
 * and what is escalated to them.
 */
function seenFromElsewhere(desk: Desk): RawBuilder<boolean> {
  const people = sql`${peopleAt(desk)}::bigint[]`;
  return sql`(${escalatedTo(desk)} or ${asksAt(desk)} and (state in ('open', 'retrospective') or exists (select from review.decision
    where review.decision.review_id = review.review.id
      and (decided_by = any(${people}) or on_behalf_of = any(${people})))))`;
}

function reviewsSeenAt(db: Db, desk: Desk) {
  return reviews(db).where(
    sql<boolean>`(${inScope(desk.actor.scope, 'review.review.unit_id')} or ${seenFromElsewhere(desk)}
      or ${opinionSeenAt(desk)})`,
  );
}

export function reviewSeenAt(db: Db, desk: Desk, id: string): Promise<ReviewRow | undefined> {
  return reviewsSeenAt(db, desk).where('review.review.id', '=', id).executeTakeFirst();
}

/** Locks the row. Always before the resource: two decisions then wait for each other and never for ever. */
export function reviewForUpdate(db: Db, desk: Desk, id: string): Promise<ReviewRow | undefined> {
  return reviewsSeenAt(db, desk).where('review.review.id', '=', id).forUpdate().executeTakeFirst();
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

/**
 * The same question as `decisionRefusal` for `return`, asked of all open reviews at once; those that nobody is left
 * to go on with wait for no one, and are found among the open ones of the unit.
 */
function decidableAt(desk: Desk, state: RunningState = 'open'): RawBuilder<boolean> {
  if (desk.actor.kind !== 'account' || desk.actor.scope.kind === 'all') return sql`false`;
  const seats = [desk.actor, ...desk.delegators].map((holder) => decidableFor(desk.actor, holder));
  return sql`state = ${sql.lit(state)} and (${sql.join(seats, sql` or `)})`;
}

function decidableFor(actor: Actor, holder: Actor): RawBuilder<boolean> {
  const people = sql`${[...new Set([actor.id, holder.id])]}::bigint[]`;
  const units = holder.scope.kind === 'units' ? [...holder.scope.unitIds] : [];
  // Those whom a step names hold the right by name; what they are named in, of the unit or not, `waiting_ids` knows.
  return sql`(chain -> step ->> 'role' = any(${[...holder.roles]}::text[])
    and (waiting_ids is null or ${holder.id}::bigint = any(waiting_ids))
    and (coalesce((chain -> step ->> 'unitId')::bigint, review.review.unit_id) = any(${units}::bigint[])
      or (chain -> step ? 'accountIds' and step < jsonb_array_length(chain) - 1))
    and not author_ids && ${people}
    and not exists (select from review.approval
      where review.approval.review_id = review.review.id and account_id = any(${people})))`;
}

/** Open reviews of other units that ask for somebody here: none as a rule, and never many. */
async function askedFromElsewhere(db: Db, desk: Desk, state: RunningState): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from review.review where state = ${sql.lit(state)} and ${asksAt(desk)} limit 1000`.execute(db);
  return rows.map(({ id }) => id);
}

/** In the own units, or among these: asked apart, so that the usual list is read in the order of its index. */
async function withinReach(db: Db, desk: Desk, state: RunningState = 'open'): Promise<RawBuilder<boolean>> {
  const own = inScope(desk.actor.scope, 'review.review.unit_id');
  const elsewhere = await askedFromElsewhere(db, desk, state);
  if (elsewhere.length === 0) return sql<boolean>`${own}`;
  return sql`(${own} or review.review.id = any(${[...elsewhere]}::bigint[]))`;
}

export interface ReviewPlaceInList {
  readonly at: Date;
  readonly id: string;
}

/** Reviews that wait for this person now, the longest waiting first. */
export async function reviewsDecidableAt(
  db: Db,
  desk: Desk,
  wanted: DeadlineFilter & {
    readonly resourceId?: string | undefined;
    readonly after?: ReviewPlaceInList | undefined;
  },
  limit: number,
): Promise<readonly ReviewRow[]> {
  let query = reviews(db)
    .where(await withinReach(db, desk))
    .where(decidableAt(desk));
  if (wanted.resourceId !== undefined) query = query.where('resource_id', '=', wanted.resourceId);
  if (wanted.deadline) query = query.where(standsSo(wanted.deadline, wanted.now));
  if (wanted.after) {
    const { at, id } = wanted.after;
    query = query.where(sql<boolean>`(step_since, review.review.id) > (${at}, ${id}::bigint)`);
  }
  return query.orderBy('step_since').orderBy('review.review.id').limit(limit).execute();
}

/** Reviews after an urgent release that wait for this person now: few, so that they need no pages. */
export async function retrospectivesDecidableAt(
  db: Db,
  desk: Desk,
  limit: number,
): Promise<readonly ReviewRow[]> {
  return reviews(db)
    .where(await withinReach(db, desk, 'retrospective'))
    .where(decidableAt(desk, 'retrospective'))
    .orderBy('review.review.id')
    .limit(limit)
    .execute();
}

export interface ReviewFilter extends DeadlineFilter {
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
  if (filter.deadline) query = query.where(standsSo(filter.deadline, filter.now));
  if (filter.beforeId !== undefined) query = query.where('review.review.id', '<', filter.beforeId);
  return query.orderBy('review.review.id', 'desc').limit(limit).execute();
}

/** Overdue reviews that were escalated to somebody here, the longest overdue first. */
export function reviewsEscalatedTo(db: Db, desk: Desk, limit: number): Promise<readonly ReviewRow[]> {
  return reviews(db)
    .where(sql<boolean>`${escalatedTo(desk)}`)
    .orderBy('due_at')
    .orderBy('review.review.id')
    .limit(limit)
    .execute();
}

/** How the running step stands to its time limit. */
function standsSo(deadline: 'soon' | 'overdue', now: Date): RawBuilder<boolean> {
  return deadline === 'overdue'
    ? sql`(state = 'open' and due_at <= ${now})`
    : sql`(state = 'open' and soon_at <= ${now} and due_at > ${now})`;
}

export interface DeadlineFilter {
  readonly deadline?: 'soon' | 'overdue' | undefined;
  readonly now: Date;
}

/** Counts no further than `cap`. */
export async function countDecidableAt(db: Db, desk: Desk, cap: number): Promise<number> {
  const reach = await withinReach(db, desk);
  return countReviews(db, sql`${reach} and ${decidableAt(desk)}`, cap);
}

export function countOpen(db: Db, scope: Scope, cap: number): Promise<number> {
  return countReviews(db, sql`${inScope(scope, 'review.review.unit_id')} and state = 'open'`, cap);
}

async function countReviews(db: Db, which: RawBuilder<boolean>, cap: number): Promise<number> {
  const { rows } = await sql<{ number: string }>`select count(*) as number from (
    select from review.review where ${which} limit ${cap}) counted`.execute(db);
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
