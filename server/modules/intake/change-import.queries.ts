import { sql } from 'kysely';

import type {
  ImportCounts,
  ImportFormat,
  ImportMode,
  ImportPass,
  ImportStage,
  Mapping,
} from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import type { SampleRecord } from './intake.types.ts';

export interface NewImport {
  readonly unitId: string;
  readonly mode: ImportMode;
  readonly columnId: string | null;
  readonly type: ResourceTypeKey;
  readonly fileName: string;
  readonly digest: string;
  readonly size: number;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly at: Date;
}

export async function insertImport(db: Db, row: NewImport): Promise<string> {
  const { id } = await db
    .insertInto('intake.import')
    .values({
      unit_id: row.unitId,
      mode: row.mode,
      column_id: row.columnId,
      type: row.type,
      file_name: row.fileName,
      digest: row.digest,
      size: String(row.size),
      created_by: row.createdBy,
      created_by_name: row.createdByName,
      created_at: row.at,
      updated_at: row.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface Inspection {
  readonly format: ImportFormat;
  readonly sources: readonly string[];
  readonly sample: readonly SampleRecord[];
  readonly mapping: Mapping;
}

/** What was found in the file; nothing when a person has stopped it meanwhile. */
export async function writeInspection(db: Db, id: string, found: Inspection, at: Date): Promise<void> {
  await db
    .updateTable('intake.import')
    .set((eb) => ({
      format: found.format,
      sources: [...found.sources],
      sample: JSON.stringify(found.sample),
      mapping: JSON.stringify(found.mapping),
      stage: 'ready',
      attempts: 0,
      version: eb('version', '+', 1),
      updated_at: at,
    }))
    .where('id', '=', id)
    .where('stage', '=', 'inspecting')
    .execute();
}

export async function writeMapping(db: Db, id: string, mapping: Mapping, at: Date): Promise<void> {
  await db
    .updateTable('intake.import')
    .set((eb) => ({
      mapping: JSON.stringify(mapping),
      stage: 'ready',
      checked: null,
      version: eb('version', '+', 1),
      updated_at: at,
    }))
    .where('id', '=', id)
    .execute();
}

export interface NextStage {
  readonly stage: ImportStage;
  readonly at: Date;
  readonly checked?: ImportCounts;
  readonly imported?: ImportCounts;
}

/** The next stage, by a person's wish or because a pass is through. */
export async function writeStage(
  db: Db,
  id: string,
  { stage, at, checked, imported }: NextStage,
): Promise<void> {
  await db
    .updateTable('intake.import')
    .set((eb) => ({
      stage,
      attempts: 0,
      problem_code: null,
      problem_message: null,
      version: eb('version', '+', 1),
      updated_at: at,
      ...(checked ? { checked: JSON.stringify(checked) } : {}),
      ...(imported ? { imported: JSON.stringify(imported) } : {}),
    }))
    .where('id', '=', id)
    .execute();
}

/** How far a pass is. Getting further takes back the tries that were counted. */
export async function writeCounts(
  db: Db,
  id: string,
  { pass, counts, at }: { readonly pass: ImportPass; readonly counts: ImportCounts; readonly at: Date },
): Promise<void> {
  const column = pass === 'check' ? 'checked' : 'imported';
  await db
    .updateTable('intake.import')
    .set({ [column]: JSON.stringify(counts), attempts: 0, updated_at: at })
    .where('id', '=', id)
    .execute();
}

/** The file cannot be read, or not to its end. What was brought in before stays. */
export async function writeFailure(
  db: Db,
  id: string,
  problem: { readonly code: string; readonly message: string },
  at: Date,
): Promise<void> {
  await db
    .updateTable('intake.import')
    .set((eb) => ({
      stage: 'failed',
      problem_code: problem.code,
      problem_message: problem.message,
      version: eb('version', '+', 1),
      updated_at: at,
    }))
    .where('id', '=', id)
    .where('stage', 'in', ['inspecting', 'checking', 'running'])
    .execute();
}

/** Counts a beginning before the file is touched: whoever dies of it leaves this behind. */
export async function countAttempt(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    update intake.import set attempts = attempts + 1 where id = ${id}::bigint returning attempts`.execute(db);
  return rows[0]?.attempts ?? 0;
}

export async function letOthersFirst(db: Db, id: string, at: Date): Promise<void> {
  await sql`update intake.import set attempts = 0, updated_at = ${at} where id = ${id}::bigint`.execute(db);
}
