import { sql } from 'kysely';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Validity, ValidityRuling } from '../../../contracts/validity.ts';
import type { Db } from '../../platform/db.ts';
import type { DueCursor } from './due.queries.ts';

export interface RulingRow extends Omit<ValidityRuling, 'orderedAt'> {
  readonly resourceId: string;
  readonly orderedAt: Date;
}

const rulings = (db: Db) =>
  db
    .selectFrom('library.validity_ruling')
    .select([
      'id',
      'resource_id as resourceId',
      sql<Validity>`validity`.as('validity'),
      'validity_before as validityBefore',
      sql<string>`effective_on::text`.as('effectiveOn'),
      'basis',
      'basis_resource_id as basisResourceId',
      'replaced_by_id as replacedById',
      sql<RulingRow['state']>`state`.as('state'),
      'ordered_by_name as orderedByName',
      'ordered_at as orderedAt',
    ]);

export function rulingsOf(db: Db, resourceId: string, limit: number): Promise<readonly RulingRow[]> {
  return rulings(db).where('resource_id', '=', resourceId).orderBy('id', 'desc').limit(limit).execute();
}

/** What came into force, of each resource the newest first. */
export async function appliedRulings(db: Db, resourceIds: readonly string[]): Promise<readonly RulingRow[]> {
  if (resourceIds.length === 0) return [];
  return rulings(db)
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('state', '=', 'applied')
    .orderBy('resource_id')
    .orderBy('id', 'desc')
    .execute();
}

export function waitingRuling(db: Db, resourceId: string): Promise<RulingRow | undefined> {
  return rulings(db).where('resource_id', '=', resourceId).where('state', '=', 'waiting').executeTakeFirst();
}

export interface NewRulingRow {
  readonly resourceId: string;
  readonly validity: Validity;
  readonly effectiveOn: string;
  readonly basis: string;
  readonly basisResourceId: string | null;
  readonly replacedById: string | null;
  readonly by: string | null;
  readonly byName: string;
  readonly at: Date;
}

export async function insertRuling(db: Db, row: NewRulingRow): Promise<void> {
  await db
    .insertInto('library.validity_ruling')
    .values({
      resource_id: row.resourceId,
      validity: row.validity,
      effective_on: sql<Date>`${row.effectiveOn}::date`,
      basis: row.basis,
      basis_resource_id: row.basisResourceId,
      replaced_by_id: row.replacedById,
      state: 'waiting',
      ordered_by: row.by,
      ordered_by_name: row.byName,
      ordered_at: row.at,
    })
    .execute();
}

interface Settlement {
  readonly state: 'applied' | 'cancelled';
  readonly validityBefore: string | null;
  readonly byName: string;
  readonly at: Date;
}

export async function settleRuling(db: Db, id: string, settlement: Settlement): Promise<void> {
  await db
    .updateTable('library.validity_ruling')
    .set({
      state: settlement.state,
      validity_before: settlement.validityBefore,
      settled_by_name: settlement.byName,
      settled_at: settlement.at,
    })
    .where('id', '=', id)
    .execute();
}

/** Live documents with a ruling whose day has come; what is taken down waits until it is shown again. */
export function resourcesDueForRuling(
  db: Db,
  day: string,
  limit: number,
  after?: DueCursor,
): Promise<readonly DueCursor[]> {
  let query = db
    .selectFrom('library.validity_ruling')
    .innerJoin('library.resource', 'library.resource.id', 'library.validity_ruling.resource_id')
    .select(['library.resource.id', sql<Date>`effective_on::timestamptz`.as('at')])
    .where('state', '=', 'waiting')
    .where('live_revision_id', 'is not', null)
    .where('effective_on', '<=', sql<Date>`${day}::date`);
  if (after) {
    query = query.where(
      sql<boolean>`(effective_on::timestamptz, library.resource.id) > (${after.at}::timestamptz, ${after.id}::bigint)`,
    );
  }
  return query.orderBy('effective_on').orderBy('library.resource.id').limit(limit).execute();
}

/** A content as the ruling in force says it. */
export async function ruledContent(
  db: Db,
  content: ResourceContent,
  rulingId: string | null,
): Promise<ResourceContent> {
  if (rulingId === null) return content;
  const { rows } = await sql<{ content: ResourceContent }>`
    select library.ruled_content(${JSON.stringify(content)}::jsonb, ${rulingId}::bigint) as content`.execute(
    db,
  );
  return rows[0]?.content ?? content;
}
