import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { CorrectionKind, CorrectionState } from '../../../contracts/interaction.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface CorrectionRow {
  readonly id: string;
  readonly code: string;
  readonly siteId: string;
  readonly path: string;
  readonly pageName: string;
  readonly resourceId: string | null;
  readonly unitId: string;
  readonly kind: CorrectionKind;
  readonly description: string;
  readonly quote: string | null;
  readonly contact: string | null;
  readonly times: number;
  readonly reportedAt: Date;
  readonly answerDays: number;
  readonly state: CorrectionState;
  readonly reply: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
  readonly version: number;
}

function corrections(db: Db) {
  return db
    .selectFrom('interaction.correction')
    .select([
      'id',
      'code',
      'site_id as siteId',
      'path',
      'page_name as pageName',
      'resource_id as resourceId',
      'unit_id as unitId',
      sql<CorrectionKind>`kind`.as('kind'),
      'description',
      'quote',
      'contact',
      'times',
      'reported_at as reportedAt',
      'answer_days as answerDays',
      sql<CorrectionState>`state`.as('state'),
      'reply',
      'answered_by_name as answeredByName',
      'answered_at as answeredAt',
      'version',
    ]);
}

const scoped = (db: Db, scope: Scope) =>
  corrections(db).where(inScope(scope, 'interaction.correction.unit_id'));

export function correctionInScope(db: Db, scope: Scope, id: string): Promise<CorrectionRow | undefined> {
  return scoped(db, scope).where('id', '=', id).executeTakeFirst();
}

export function correctionForUpdate(db: Db, scope: Scope, id: string): Promise<CorrectionRow | undefined> {
  return scoped(db, scope).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** For the citizen who holds its code. */
export function correctionByCode(db: Db, code: string): Promise<CorrectionRow | undefined> {
  return corrections(db).where('code', '=', code).executeTakeFirst();
}

export interface CorrectionFilter {
  readonly state?: CorrectionState | undefined;
  readonly kind?: CorrectionKind | undefined;
  readonly siteId?: string | undefined;
}

function conditions(scope: Scope, { state, kind, siteId }: CorrectionFilter): RawBuilder<SqlBool> {
  return sql<SqlBool>`${inScope(scope, 'interaction.correction.unit_id')}
    and ${state === undefined ? sql`true` : sql`state = ${state}`}
    and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
    and ${siteId === undefined ? sql`true` : sql`site_id = ${siteId}::bigint`}`;
}

export interface CorrectionStretch {
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function correctionPage(
  db: Db,
  scope: Scope,
  filter: CorrectionFilter,
  { beforeId, limit }: CorrectionStretch,
): Promise<readonly CorrectionRow[]> {
  let query = corrections(db).where(conditions(scope, filter));
  if (beforeId !== undefined) query = query.where('id', '<', beforeId);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** No further than `cap`. */
export async function countCorrections(
  db: Db,
  scope: Scope,
  filter: CorrectionFilter,
  cap: number,
): Promise<number> {
  const { rows } = await sql<{ number: string }>`select count(*) as number from (
    select from interaction.correction where ${conditions(scope, filter)} limit ${cap}) counted`.execute(db);
  return Number(rows[0]?.number ?? 0);
}

/** What waits for an answer, the longest waiting first. */
export function openCorrections(db: Db, scope: Scope, limit: number): Promise<readonly CorrectionRow[]> {
  return scoped(db, scope).where('state', '=', 'open').orderBy('id').limit(limit).execute();
}

export interface TransferRow {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly reason: string;
  readonly transferredByName: string;
  readonly at: Date;
}

export function transfersOf(db: Db, correctionId: string): Promise<readonly TransferRow[]> {
  return db
    .selectFrom('interaction.correction_transfer')
    .select([
      'from_unit_id as fromUnitId',
      'to_unit_id as toUnitId',
      'reason',
      'transferred_by_name as transferredByName',
      'at',
    ])
    .where('correction_id', '=', correctionId)
    .orderBy('id')
    .execute();
}
