import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type {
  ImportCounts,
  ImportFormat,
  ImportMode,
  ImportStage,
  Mapping,
} from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import type { ImportRow, SampleRecord } from './intake.types.ts';

function imports(db: Db) {
  return db
    .selectFrom('intake.import')
    .select([
      'id',
      'unit_id as unitId',
      sql<ImportMode>`mode`.as('mode'),
      'column_id as columnId',
      sql<ResourceTypeKey>`type`.as('type'),
      'file_name as fileName',
      'digest',
      'size',
      sql<ImportFormat | null>`format`.as('format'),
      sql<ImportStage>`stage`.as('stage'),
      'sources',
      sql<Mapping>`mapping`.as('mapping'),
      sql<ImportCounts | null>`checked`.as('checked'),
      sql<ImportCounts | null>`imported`.as('imported'),
      'problem_code as problemCode',
      'problem_message as problemMessage',
      'attempts',
      'version',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ]);
}

/** Every import that a person may see: the only way into the table for the console. */
const scoped = (db: Db, scope: Scope) => imports(db).where(inScope(scope, 'intake.import.unit_id'));

export function importInScope(db: Db, scope: Scope, id: string): Promise<ImportRow | undefined> {
  return scoped(db, scope).where('id', '=', id).executeTakeFirst();
}

export function importForUpdate(db: Db, scope: Scope, id: string): Promise<ImportRow | undefined> {
  return scoped(db, scope).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Newest first. */
export function importPage(
  db: Db,
  scope: Scope,
  { beforeId, limit }: { readonly beforeId: string | undefined; readonly limit: number },
): Promise<readonly ImportRow[]> {
  const all = scoped(db, scope);
  return (beforeId === undefined ? all : all.where('id', '<', beforeId))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The import that has waited longest for the worker in one of these stages. */
export function waitingImport(db: Db, stages: readonly ImportStage[]): Promise<ImportRow | undefined> {
  return imports(db)
    .where('stage', 'in', [...stages])
    .orderBy('updated_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export async function isOtherWaiting(db: Db, id: string, stages: readonly ImportStage[]): Promise<boolean> {
  const row = await db
    .selectFrom('intake.import')
    .select('id')
    .where('stage', 'in', [...stages])
    .where('id', '<>', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function sampleOf(db: Db, id: string): Promise<readonly SampleRecord[]> {
  const row = await db
    .selectFrom('intake.import')
    .select(sql<SampleRecord[]>`sample`.as('sample'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.sample ?? [];
}
