import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface Find {
  readonly digest: string;
  readonly infection: string;
  readonly engine: string;
}

/** From now on nobody gets these bytes. False when that is known already, or nobody ever uploaded them. */
export async function markInfected(db: Db, { digest, infection, engine }: Find, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('library.file')
    .set({ scan: 'infected', infection, scanned_at: now, scanned_with: engine, scan_after: null })
    .where('digest', '=', digest)
    .where('scan', '<>', 'infected')
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await sql`
    insert into library.quarantine (digest, unit_id, file_name, infection, found_at, found_by, uploaded_by)
    select digest, unit_id, file_name, ${infection}, ${now}, 'scan', uploaded_by
    from library.asset where digest = ${digest} order by id`.execute(db);
  return true;
}

/** The find was none: the bytes are given out again. False when they were not infected. */
export async function markCleared(db: Db, digest: string, engine: string, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('library.file')
    .set({ scan: 'clean', infection: null, scanned_at: now, scanned_with: engine, scan_after: null })
    .where('digest', '=', digest)
    .where('scan', '=', 'infected')
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await db
    .updateTable('library.quarantine')
    .set({ cleared_at: now })
    .where('digest', '=', digest)
    .where('cleared_at', 'is', null)
    .execute();
  return true;
}

export interface RefusedUpload {
  readonly digest: string;
  readonly unitId: string;
  readonly fileName: string;
  readonly infection: string;
  readonly uploadedBy: string | null;
}

export async function insertRefusedUpload(db: Db, upload: RefusedUpload, now: Date): Promise<void> {
  await db
    .insertInto('library.quarantine')
    .values({
      digest: upload.digest,
      unit_id: upload.unitId,
      file_name: upload.fileName,
      infection: upload.infection,
      found_at: now,
      found_by: 'upload',
      uploaded_by: upload.uploadedBy,
    })
    .execute();
}

export interface QuarantineRow {
  readonly id: string;
  readonly unitId: string;
  readonly fileName: string;
  readonly infection: string;
  readonly foundAt: Date;
  readonly foundBy: string;
  readonly clearedAt: Date | null;
}

/** Finds in scope, newest first. */
export function quarantineInScope(db: Db, scope: Scope, limit: number): Promise<readonly QuarantineRow[]> {
  return db
    .selectFrom('library.quarantine')
    .select([
      'id',
      'unit_id as unitId',
      'file_name as fileName',
      'infection',
      'found_at as foundAt',
      'found_by as foundBy',
      'cleared_at as clearedAt',
    ])
    .where(inScope(scope, 'library.quarantine.unit_id'))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
