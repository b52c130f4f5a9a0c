import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { SubmissionState } from '../../../contracts/ways.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface SubmissionRow {
  readonly id: string;
  readonly resourceId: string;
  readonly columnId: string;
  readonly unitId: string;
  readonly state: SubmissionState;
  readonly note: string;
  readonly offeredByName: string;
  readonly offeredAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly reuseId: string | null;
  /** Adopted, and no longer shown. */
  readonly ended: boolean;
}

function submissions(db: Db) {
  return db
    .selectFrom('sites.submission')
    .innerJoin('sites.column as place', 'place.id', 'sites.submission.column_id')
    .select([
      'sites.submission.id',
      'resource_id as resourceId',
      'column_id as columnId',
      'sites.submission.unit_id as unitId',
      sql<SubmissionState>`state`.as('state'),
      'note',
      'offered_by_name as offeredByName',
      'offered_at as offeredAt',
      'decided_by_name as decidedByName',
      'decided_at as decidedAt',
      'reason',
      'reuse_id as reuseId',
      sql<boolean>`exists (select from sites.reuse where reuse.id = submission.reuse_id and ended_at is not null)`.as(
        'ended',
      ),
    ]);
}

/** What waits for columns of a scope. */
export const forColumnsOf = (scope: Scope): RawBuilder<SqlBool> =>
  sql<SqlBool>`${inScope(scope, 'place.unit_id')} and sites.submission.state <> 'prepared'`;
/** What units of a scope offered. */
export const offeredBy = (scope: Scope): RawBuilder<SqlBool> =>
  sql<SqlBool>`${inScope(scope, 'sites.submission.unit_id')}`;

export interface SubmissionPage {
  readonly state?: SubmissionState | undefined;
  readonly before: string | null;
  readonly limit: number;
}

export function submissionsBefore(
  db: Db,
  condition: RawBuilder<SqlBool>,
  { state, before, limit }: SubmissionPage,
): Promise<readonly SubmissionRow[]> {
  let query = submissions(db).where(condition);
  // Written into the statement, so that the index of what waits is used.
  if (state !== undefined) query = query.where('sites.submission.state', '=', sql.lit(state));
  if (before !== null) query = query.where('sites.submission.id', '<', before);
  return query.orderBy('sites.submission.id', 'desc').limit(limit).execute();
}

/** What units of a scope got back since then, the newest first. */
export function returnedSince(
  db: Db,
  scope: Scope,
  since: Date,
  limit: number,
): Promise<readonly SubmissionRow[]> {
  return submissions(db)
    .where(offeredBy(scope))
    .where('sites.submission.state', '=', sql.lit('returned'))
    .where('decided_at', '>=', since)
    .orderBy('decided_at', 'desc')
    .limit(limit)
    .execute();
}

export function submissionById(db: Db, id: string): Promise<SubmissionRow | undefined> {
  return submissions(db).where('sites.submission.id', '=', id).executeTakeFirst();
}

/** Undefined when it waits in the column already. */
export async function insertSubmission(
  db: Db,
  row: Pick<SubmissionRow, 'resourceId' | 'columnId' | 'unitId' | 'note' | 'offeredByName' | 'offeredAt'> & {
    readonly state: 'prepared' | 'offered';
  },
): Promise<string | undefined> {
  const inserted = await db
    .insertInto('sites.submission')
    .values({
      resource_id: row.resourceId,
      column_id: row.columnId,
      unit_id: row.unitId,
      state: row.state,
      note: row.note,
      offered_by_name: row.offeredByName,
      offered_at: row.offeredAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id;
}

export interface SubmissionEnd {
  readonly state: 'adopted' | 'returned' | 'withdrawn';
  readonly byName: string;
  readonly at: Date;
  readonly reason?: string;
  readonly reuseId?: string;
}

/** Decides on what is open; false when somebody did before. */
export async function decideSubmission(db: Db, id: string, end: SubmissionEnd): Promise<boolean> {
  const decided = await db
    .updateTable('sites.submission')
    .set({
      state: end.state,
      decided_by_name: end.byName,
      decided_at: end.at,
      reason: end.reason ?? null,
      reuse_id: end.reuseId ?? null,
    })
    .where('id', '=', id)
    .where('state', 'in', end.state === 'withdrawn' ? ['prepared', 'offered'] : ['offered'])
    .returning('id')
    .executeTakeFirst();
  return decided !== undefined;
}

/** What was prepared for these resources is offered now that they are published. */
export async function offerPrepared(db: Db, resourceIds: readonly string[], at: Date): Promise<void> {
  if (resourceIds.length === 0) return;
  await db
    .updateTable('sites.submission')
    .set({ state: 'offered', offered_at: at })
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('state', '=', 'prepared')
    .execute();
}

/** Those of the resources that wait in a column of others. */
export async function offeredAmong(db: Db, resourceIds: readonly string[]): Promise<readonly string[]> {
  if (resourceIds.length === 0) return [];
  const rows = await db
    .selectFrom('sites.submission')
    .select('resource_id')
    .distinct()
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('state', 'in', ['prepared', 'offered'])
    .execute();
  return rows.map((row) => row.resource_id);
}

/** A resource that is not public any more, or not to everybody, is offered to nobody. */
export async function withdrawOffers(
  db: Db,
  resourceIds: readonly string[],
  end: Required<Pick<SubmissionEnd, 'at' | 'byName' | 'reason'>>,
): Promise<void> {
  if (resourceIds.length === 0) return;
  await db
    .updateTable('sites.submission')
    .set({ state: 'withdrawn', decided_at: end.at, decided_by_name: end.byName, reason: end.reason })
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('state', 'in', ['prepared', 'offered'])
    .execute();
}

export interface FigureRow {
  readonly unitId: string;
  readonly month: string;
  readonly offered: number;
  readonly adopted: number;
  readonly returned: number;
  readonly withdrawn: number;
  readonly waiting: number;
}

/** Of each unit of a scope by the month, in China, in which it offered. What is only prepared does not count. */
export async function submissionFigures(
  db: Db,
  scope: Scope,
  span: { readonly from: Date; readonly until: Date },
): Promise<readonly FigureRow[]> {
  const month = sql`to_char(offered_at at time zone 'Asia/Shanghai', 'YYYY-MM')`;
  const count = (state: SubmissionState) => sql`count(*) filter (where state = ${state})::integer`;
  const { rows } = await sql<FigureRow>`
    select unit_id as "unitId", ${month} as month, count(*)::integer as offered, ${count('adopted')} as adopted,
      ${count('returned')} as returned, ${count('withdrawn')} as withdrawn, ${count('offered')} as waiting
    from sites.submission
    where offered_at >= ${span.from} and offered_at < ${span.until} and state <> 'prepared'
      and ${inScope(scope, 'sites.submission.unit_id')}
    group by 1, 2 order by 2 desc, 1`.execute(db);
  return rows;
}
