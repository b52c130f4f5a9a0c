import { sql } from 'kysely';

import type { ColumnChange, NewColumn, UpdateRule } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import type { ColumnRow } from './column.queries.ts';

export async function hasColumnAt(db: Db, siteId: string, path: string): Promise<boolean> {
  const row = await db
    .selectFrom('sites.column')
    .select('id')
    .where('site_id', '=', siteId)
    .where('path', '=', path)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertColumn(db: Db, column: NewColumn, path: string): Promise<string> {
  const row = await db
    .insertInto('sites.column')
    .values({
      site_id: column.siteId,
      parent_id: column.parentId,
      unit_id: column.unitId,
      name: column.name,
      slug: column.slug,
      path,
      kind: column.kind,
      display: column.display ?? 'list',
      description: column.description,
      keywords: column.keywords,
      ...ruleColumns(column.updateRule),
      position: column.position ?? 0,
      in_navigation: column.inNavigation ?? false,
      home_position: column.homePosition ?? null,
      hidden_when_empty: column.hiddenWhenEmpty ?? false,
      reprint_sources: column.reprintSources ?? [],
      correction_required: column.correctionRequired ?? false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('sites.responsibility_entry').values({ column_id: row.id }).execute();
  return row.id;
}

function ruleColumns(rule: UpdateRule | null) {
  return {
    update_days: rule?.kind === 'days' ? rule.days : null,
    update_months: rule?.kind === 'months' ? rule.months : null,
    update_event: rule?.kind === 'event' ? rule.words : null,
  };
}

/** Who answers for a column and how often it is updated; what is undefined stays. */
export async function updateKeeping(
  db: Db,
  column: Pick<ColumnRow, 'id' | 'version'>,
  change: { readonly unitId: string | undefined; readonly rule: UpdateRule | null | undefined },
): Promise<void> {
  await db
    .updateTable('sites.column')
    .set({
      unit_id: change.unitId,
      ...(change.rule === undefined ? {} : ruleColumns(change.rule)),
      version: column.version + 1,
    })
    .where('id', '=', column.id)
    .execute();
}

/** Changes what is given and counts the version up; what is undefined stays. */
export async function updateColumn(
  db: Db,
  column: ColumnRow,
  change: Omit<ColumnChange, 'expectedVersion' | 'slug' | 'closed'> & {
    readonly closedAt: Date | null | undefined;
  },
): Promise<void> {
  await db
    .updateTable('sites.column')
    .set({
      name: change.name,
      display: change.display,
      description: change.description,
      keywords: change.keywords,
      unit_id: change.unitId,
      position: change.position,
      in_navigation: change.inNavigation,
      home_position: change.homePosition,
      hidden_when_empty: change.hiddenWhenEmpty,
      reprint_sources: change.reprintSources,
      correction_required: change.correctionRequired,
      closed_at: change.closedAt,
      version: column.version + 1,
    })
    .where('id', '=', column.id)
    .execute();
}

/** Moves a column and all below it to another path; answers their ids. The last step of the path is its slug. */
export async function movePaths(db: Db, column: ColumnRow, path: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update sites.column set
      path = ${path} || substr(path, ${column.path.length + 1}),
      slug = case when id = ${column.id}::bigint then ${path.split('/').at(-2) ?? ''} else slug end
    where site_id = ${column.siteId}::bigint and starts_with(path, ${column.path})
    returning id`.execute(db);
  return rows.map((row) => row.id);
}
