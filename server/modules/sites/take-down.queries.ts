import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface TakeDownRow {
  readonly id: string;
  readonly resourceId: string;
  readonly unitId: string;
  readonly title: string;
  readonly reason: string;
  readonly takenDownByName: string;
  readonly takenDownAt: Date;
  readonly reply: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
}

export interface NewTakeDown {
  readonly resourceId: string;
  readonly unitId: string;
  readonly title: string;
  readonly reason: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

export async function insertTakeDown(db: Db, row: NewTakeDown): Promise<void> {
  await db
    .insertInto('sites.take_down')
    .values({
      resource_id: row.resourceId,
      unit_id: row.unitId,
      title: row.title,
      reason: row.reason,
      taken_down_by: row.by,
      taken_down_by_name: row.byName,
      taken_down_at: row.at,
    })
    .execute();
}

const scoped = (db: Db, scope: Scope) =>
  db
    .selectFrom('sites.take_down')
    .select([
      'id',
      'resource_id as resourceId',
      'unit_id as unitId',
      'title',
      'reason',
      'taken_down_by_name as takenDownByName',
      'taken_down_at as takenDownAt',
      'reply',
      'answered_by_name as answeredByName',
      'answered_at as answeredAt',
    ])
    .where(inScope(scope, 'sites.take_down.unit_id'));

export interface TakeDownWish {
  readonly resourceId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The newest first. */
export function takeDownsBefore(
  db: Db,
  scope: Scope,
  { resourceId, before, limit }: TakeDownWish,
): Promise<readonly TakeDownRow[]> {
  let query = scoped(db, scope);
  if (resourceId !== undefined) query = query.where('resource_id', '=', resourceId);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export function takeDownForUpdate(db: Db, scope: Scope, id: string): Promise<TakeDownRow | undefined> {
  return scoped(db, scope).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** What units have not said anything to yet, the longest waiting first. */
export function openTakeDowns(db: Db, scope: Scope, limit: number): Promise<readonly TakeDownRow[]> {
  return scoped(db, scope).where('answered_at', 'is', null).orderBy('id').limit(limit).execute();
}

export async function answerTakeDown(
  db: Db,
  id: string,
  answer: { readonly reply: string; readonly byName: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('sites.take_down')
    .set({ reply: answer.reply, answered_by_name: answer.byName, answered_at: answer.at })
    .where('id', '=', id)
    .execute();
}
