import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface PlacementRow {
  readonly id: string;
  readonly columnId: string;
  readonly resourceId: string;
  readonly isMain: boolean;
  readonly titleOverride: string | null;
  readonly pinnedUntil: Date | null;
  /** The reuse that put it there; null where the unit of the resource did. */
  readonly reuseId: string | null;
  /** The mapping rule that put it there; null where people did. */
  readonly mappingRuleId: string | null;
}

/** Where resources are to stand, by their own unit's choice, by reuse and by rule, each with its main column first. */
export async function placementsOfResources(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PlacementRow[]>> {
  const rows = await db
    .selectFrom('sites.placement')
    .select([
      'id',
      'column_id as columnId',
      'resource_id as resourceId',
      'is_main as isMain',
      'title_override as titleOverride',
      'pinned_until as pinnedUntil',
      'reuse_id as reuseId',
      'mapping_rule_id as mappingRuleId',
    ])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .orderBy('is_main', 'desc')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.resourceId);
}

export async function placementsOf(db: Db, resourceId: string): Promise<readonly PlacementRow[]> {
  return (await placementsOfResources(db, [resourceId])).get(resourceId) ?? [];
}

/** The main columns of resources; one that stands nowhere has none. */
export async function mainColumnsOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.placement')
    .select(['resource_id', 'column_id'])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('is_main', '=', true)
    .execute();
  return new Map(rows.map((row) => [row.resource_id, row.column_id]));
}

/** Whether its own unit put it there. */
export const isOwn = ({ reuseId, mappingRuleId }: PlacementRow): boolean =>
  reuseId === null && mappingRuleId === null;

/** Where its own unit put it. */
export async function ownPlacementsOf(db: Db, resourceId: string): Promise<readonly PlacementRow[]> {
  return (await placementsOf(db, resourceId)).filter(isOwn);
}

/** The columns of its own unit's choice by their names, the main one first, each after its site. */
export async function placeNames(db: Db, resourceId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.placement')
    .innerJoin('sites.column', 'sites.column.id', 'sites.placement.column_id')
    .innerJoin('sites.site', 'sites.site.id', 'sites.column.site_id')
    .select(['sites.site.name as siteName', 'sites.column.name as columnName'])
    .where('resource_id', '=', resourceId)
    .where('reuse_id', 'is', null)
    .where('mapping_rule_id', 'is', null)
    .orderBy('is_main', 'desc')
    .orderBy('sites.placement.id')
    .execute();
  return rows.map(({ siteName, columnName }) => `${siteName} ${columnName}`);
}

/** Makes the unit's own choice what is wanted; what others show by reference stays, and what a rule put there becomes its own. */
export async function replacePlacements(
  db: Db,
  resourceId: string,
  columnIds: readonly string[],
  at: Date,
): Promise<void> {
  await db
    .deleteFrom('sites.placement')
    .where('resource_id', '=', resourceId)
    .where('reuse_id', 'is', null)
    .where('mapping_rule_id', 'is', null)
    .where('column_id', 'not in', [...columnIds])
    .execute();
  await db
    .updateTable('sites.placement')
    .set({ is_main: false })
    .where('resource_id', '=', resourceId)
    .execute();
  for (const [index, columnId] of columnIds.entries()) {
    await db
      .insertInto('sites.placement')
      .values({ column_id: columnId, resource_id: resourceId, is_main: index === 0, created_at: at })
      .onConflict((conflict) =>
        conflict
          .columns(['resource_id', 'column_id'])
          .doUpdateSet({ is_main: index === 0, mapping_rule_id: null }),
      )
      .execute();
  }
}

export async function insertReusePlacement(
  db: Db,
  reuse: { readonly id: string; readonly resourceId: string; readonly columnId: string },
  at: Date,
): Promise<void> {
  await db
    .insertInto('sites.placement')
    .values({
      column_id: reuse.columnId,
      resource_id: reuse.resourceId,
      is_main: false,
      created_at: at,
      reuse_id: reuse.id,
    })
    .execute();
}

/** By where it is: no index knows a placement by its reuse alone. */
export async function deleteReusePlacement(
  db: Db,
  reuse: { readonly id: string; readonly resourceId: string; readonly columnId: string },
): Promise<void> {
  await db
    .deleteFrom('sites.placement')
    .where('resource_id', '=', reuse.resourceId)
    .where('column_id', '=', reuse.columnId)
    .where('reuse_id', '=', reuse.id)
    .execute();
}
