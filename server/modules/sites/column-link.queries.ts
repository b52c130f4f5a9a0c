import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface ColumnLinkRow {
  readonly columnId: string;
  readonly url: string;
  readonly reason: string | null;
  readonly setByName: string;
  readonly setAt: Date;
  readonly checkedAt: Date | null;
  readonly trouble: string | null;
  readonly failingSince: Date | null;
}

function links(db: Db) {
  return db
    .selectFrom('sites.column_link')
    .select([
      'column_id as columnId',
      'url',
      'reason',
      'set_by_name as setByName',
      'set_at as setAt',
      'checked_at as checkedAt',
      'trouble',
      'failing_since as failingSince',
    ]);
}

export function linkOfColumn(db: Db, columnId: string): Promise<ColumnLinkRow | undefined> {
  return links(db).where('column_id', '=', columnId).executeTakeFirst();
}

/** The one address of a column; what was found of another one is forgotten. */
export async function replaceLink(
  db: Db,
  link: Pick<ColumnLinkRow, 'columnId' | 'url' | 'reason' | 'setByName' | 'setAt'>,
): Promise<void> {
  const values = { url: link.url, reason: link.reason, set_by_name: link.setByName, set_at: link.setAt };
  const kept = (name: 'checked_at' | 'trouble' | 'failing_since') =>
    sql<never>`case when column_link.url = excluded.url then column_link.${sql.ref(name)} end`;
  await db
    .insertInto('sites.column_link')
    .values({ column_id: link.columnId, ...values })
    .onConflict((conflict) =>
      conflict.column('column_id').doUpdateSet({
        ...values,
        checked_at: kept('checked_at'),
        trouble: kept('trouble'),
        failing_since: kept('failing_since'),
      }),
    )
    .execute();
}

export async function removeLink(db: Db, columnId: string): Promise<void> {
  await db.deleteFrom('sites.column_link').where('column_id', '=', columnId).execute();
}

/** Links that nobody looked at since then, the longest first. */
export function linksCheckedBefore(db: Db, before: Date, limit: number): Promise<readonly ColumnLinkRow[]> {
  return links(db)
    .where((is) => is.or([is('checked_at', 'is', null), is('checked_at', '<', before)]))
    .orderBy(sql`checked_at nulls first`)
    .limit(limit)
    .execute();
}

/** What a look found, of the address that was looked at: it may have been changed meanwhile. */
export async function noteLook(
  db: Db,
  { columnId, url }: Pick<ColumnLinkRow, 'columnId' | 'url'>,
  look: { readonly at: Date; readonly trouble: string | null },
): Promise<void> {
  await db
    .updateTable('sites.column_link')
    .set({
      checked_at: look.at,
      trouble: look.trouble,
      failing_since: look.trouble === null ? null : sql<Date>`coalesce(failing_since, ${look.at})`,
    })
    .where('column_id', '=', columnId)
    .where('url', '=', url)
    .execute();
}
