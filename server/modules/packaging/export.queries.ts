import { sql } from 'kysely';

import type { ExportStage, PackageSelection } from '../../../contracts/packaging.ts';
import type { Db } from '../../platform/db.ts';

export interface ExportRow {
  readonly id: string;
  readonly selection: PackageSelection;
  readonly stage: ExportStage;
  readonly written: string;
  readonly digest: string | null;
  readonly size: string | null;
  readonly problemMessage: string | null;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

function exports(db: Db) {
  return db
    .selectFrom('packaging.export')
    .select([
      'id',
      sql<PackageSelection>`selection`.as('selection'),
      sql<ExportStage>`stage`.as('stage'),
      'written',
      'digest',
      'size',
      'problem_message as problemMessage',
      'requested_by as requestedBy',
      'requested_by_name as requestedByName',
      'requested_at as requestedAt',
      'finished_at as finishedAt',
      'expires_at as expiresAt',
    ]);
}

/** Newest first. */
export function exportPage(
  db: Db,
  { beforeId, limit }: { readonly beforeId: string | undefined; readonly limit: number },
): Promise<ExportRow[]> {
  let query = exports(db);
  if (beforeId !== undefined) query = query.where('id', '<', beforeId);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export function exportById(db: Db, id: string): Promise<ExportRow | undefined> {
  return exports(db).where('id', '=', id).executeTakeFirst();
}

/** Undefined when this person's last one is not made yet. */
export async function insertExport(
  db: Db,
  row: {
    readonly selection: PackageSelection;
    readonly requestedBy: string;
    readonly requestedByName: string;
    readonly at: Date;
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into packaging.export (selection, requested_by, requested_by_name, requested_at)
    values (${JSON.stringify(row.selection)}::jsonb, ${row.requestedBy}::bigint, ${row.requestedByName}, ${row.at})
    on conflict (requested_by) where stage in ('waiting', 'running') do nothing returning id`.execute(db);
  return rows[0]?.id;
}

/** Whether one is to be made, or another was kept long enough. */
export async function isExportWanted(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql<{ wanted: boolean }>`
    select exists (select from packaging.export where stage in ('waiting', 'running'))
      or exists (select from packaging.export where stage = 'done' and expires_at <= ${now}) as wanted`.execute(
    db,
  );
  return rows[0]?.wanted === true;
}

/** The oldest that is to be made, or was begun by a worker that is no more. */
export function waitingExport(db: Db): Promise<ExportRow | undefined> {
  return exports(db).where('stage', 'in', ['waiting', 'running']).orderBy('id').limit(1).executeTakeFirst();
}

/** Counts a beginning before anything is written: whoever dies of it leaves this behind. */
export async function beginExport(db: Db, id: string): Promise<number> {
  const row = await db
    .updateTable('packaging.export')
    .set((eb) => ({ stage: 'running', written: '0', attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return row.attempts;
}

export async function noteWritten(db: Db, id: string, written: number): Promise<void> {
  await db
    .updateTable('packaging.export')
    .set({ written: String(written) })
    .where('id', '=', id)
    .execute();
}

export async function endExport(
  db: Db,
  id: string,
  made: {
    readonly digest: string;
    readonly size: number;
    readonly written: number;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await db
    .updateTable('packaging.export')
    .set({
      stage: 'done',
      digest: made.digest,
      size: String(made.size),
      written: String(made.written),
      finished_at: made.at,
      expires_at: made.expiresAt,
    })
    .where('id', '=', id)
    .execute();
}

export async function failExport(
  db: Db,
  id: string,
  problem: { readonly code: string; readonly message: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable('packaging.export')
    .set({
      stage: 'failed',
      problem_code: problem.code,
      problem_message: problem.message,
      finished_at: problem.at,
    })
    .where('id', '=', id)
    .execute();
}

export function exportsToDelete(db: Db, now: Date): Promise<{ readonly id: string }[]> {
  return db
    .selectFrom('packaging.export')
    .select('id')
    .where('stage', '=', 'done')
    .where('expires_at', '<=', now)
    .limit(20)
    .execute();
}

export async function noteDeleted(db: Db, id: string): Promise<void> {
  await db.updateTable('packaging.export').set({ stage: 'expired' }).where('id', '=', id).execute();
}
