import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface ClassedResource {
  readonly id: string;
  readonly unitId: string;
  readonly type: string;
  /** Of its newest revision. */
  readonly terms: readonly string[];
}

/** Whose resources are, and how they are classified now. */
export async function classesOf(db: Db, ids: readonly string[]): Promise<readonly ClassedResource[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('library.resource')
    .select(['id', 'unit_id as unitId', 'type', sql<string[]>`coalesce(terms, '{}')`.as('terms')])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}
