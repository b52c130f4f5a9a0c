import { sql } from 'kysely';

import type { Actor, Scope } from '../../../contracts/actor.ts';
import type { OpenMode, Reassessment } from '../../../contracts/openness.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface UndisclosedRow {
  readonly reviewId: string;
  readonly resourceId: string;
  readonly unitId: string;
  readonly title: string;
  readonly type: ResourceTypeKey;
  readonly openMode: OpenMode;
  readonly article: string;
  readonly reasonName: string;
  readonly foundAt: Date;
  readonly dueOn: string | null;
  readonly lastNote: string | null;
}

function undisclosedInScope(db: Db, scope: Scope) {
  return db
    .selectFrom('review.undisclosed')
    .innerJoin('review.review', 'review.review.id', 'review.undisclosed.review_id')
    .innerJoin('review.openness_reason', 'review.openness_reason.key', 'review.undisclosed.reason_key')
    .select([
      'review.undisclosed.review_id as reviewId',
      'review.undisclosed.resource_id as resourceId',
      'review.review.unit_id as unitId',
      'review.review.title',
      sql<ResourceTypeKey>`review.review.type`.as('type'),
      sql<OpenMode>`review.undisclosed.open_mode`.as('openMode'),
      'review.openness_reason.article',
      'review.openness_reason.name as reasonName',
      'review.undisclosed.found_at as foundAt',
      sql<string | null>`due_on`.as('dueOn'),
      sql<string | null>`(select note from review.reassessment
        where review.reassessment.review_id = review.undisclosed.review_id order by id desc limit 1)`.as(
        'lastNote',
      ),
    ])
    .where(inScope(scope, 'review.review.unit_id'));
}

export interface UndisclosedPage {
  /** Only what is due by this day. */
  readonly dueBy?: string | undefined;
  readonly after?: { readonly dueOn: Date; readonly reviewId: string } | undefined;
}

/** What waits to be looked at again, the one that is due first first. */
export function undisclosedPage(
  db: Db,
  scope: Scope,
  { dueBy, after }: UndisclosedPage,
  limit: number,
): Promise<readonly UndisclosedRow[]> {
  let query = undisclosedInScope(db, scope).where('due_on', 'is not', null);
  if (dueBy !== undefined) query = query.where(sql<boolean>`due_on <= ${dueBy}::date`);
  if (after)
    query = query.where(
      sql<boolean>`(due_on, review.undisclosed.review_id) > ((${after.dueOn}::timestamptz at time zone 'UTC')::date, ${after.reviewId}::bigint)`,
    );
  return query.orderBy('due_on').orderBy('review.undisclosed.review_id').limit(limit).execute();
}

export function undisclosedById(db: Db, scope: Scope, reviewId: string): Promise<UndisclosedRow | undefined> {
  return undisclosedInScope(db, scope)
    .where('review.undisclosed.review_id', '=', reviewId)
    .executeTakeFirst();
}

/** The same, locked until the command ends. */
export async function undisclosedForUpdate(
  db: Db,
  scope: Scope,
  reviewId: string,
): Promise<UndisclosedRow | undefined> {
  const held = db.selectFrom('review.undisclosed').select('review_id').where('review_id', '=', reviewId);
  await held.forUpdate().execute();
  return undisclosedById(db, scope, reviewId);
}

/** The resource is none of the undisclosed any more, or is found to be one anew. */
export async function endUndisclosed(
  db: Db,
  resourceIds: readonly string[],
  endedAs: 'published' | 'found-anew',
): Promise<void> {
  if (resourceIds.length === 0) return;
  await db
    .updateTable('review.undisclosed')
    .set({ due_on: null, ended_as: endedAs })
    .where('resource_id', 'in', resourceIds)
    .where('due_on', 'is not', null)
    .execute();
}

export async function insertUndisclosed(
  db: Db,
  row: {
    readonly reviewId: string;
    readonly resourceId: string;
    readonly openMode: OpenMode;
    readonly reasonKey: string;
    readonly foundAt: Date;
    readonly dueOn: string;
  },
): Promise<void> {
  await db
    .insertInto('review.undisclosed')
    .values({
      review_id: row.reviewId,
      resource_id: row.resourceId,
      open_mode: row.openMode,
      reason_key: row.reasonKey,
      found_at: row.foundAt,
      due_on: row.dueOn,
    })
    .execute();
}

export interface Finding {
  readonly openMode: OpenMode;
  /** Why it stays as it is; null when it may be opened. */
  readonly reasonKey: string | null;
  readonly nextDueOn: string | null;
}

export interface NewReassessmentRow extends Finding {
  readonly outcome: Reassessment['outcome'];
  readonly note: string;
  readonly by: Actor;
  readonly at: Date;
}

/** Writes what came of it, and the day on which it comes up next; with none it is not undisclosed any more. */
export async function insertReassessment(db: Db, reviewId: string, row: NewReassessmentRow): Promise<void> {
  const { outcome, openMode, reasonKey, nextDueOn, by, at } = row;
  await db
    .insertInto('review.reassessment')
    .values({
      review_id: reviewId,
      outcome,
      open_mode: openMode,
      reason_key: reasonKey,
      note: row.note.trim(),
      next_due_on: nextDueOn,
      assessed_by: by.id,
      assessed_by_name: by.name,
      assessed_at: at,
    })
    .execute();
  await db
    .updateTable('review.undisclosed')
    .set(
      reasonKey === null
        ? { due_on: null, ended_as: 'may-open' }
        : { due_on: nextDueOn, open_mode: openMode, reason_key: reasonKey },
    )
    .where('review_id', '=', reviewId)
    .execute();
}

export interface ReassessmentRow {
  readonly outcome: Reassessment['outcome'];
  readonly openMode: OpenMode;
  readonly note: string;
  readonly nextDueOn: string | null;
  readonly assessedByName: string;
  readonly assessedAt: Date;
}

export function reassessmentsOf(db: Db, reviewId: string): Promise<readonly ReassessmentRow[]> {
  return db
    .selectFrom('review.reassessment')
    .select([
      sql<Reassessment['outcome']>`outcome`.as('outcome'),
      sql<OpenMode>`open_mode`.as('openMode'),
      'note',
      sql<string | null>`next_due_on`.as('nextDueOn'),
      'assessed_by_name as assessedByName',
      'assessed_at as assessedAt',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}
