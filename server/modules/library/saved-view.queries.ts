import type { Db } from '../../platform/db.ts';

export interface SavedViewRow {
  readonly id: string;
  readonly name: string;
  readonly search: string;
}

export function viewsOf(db: Db, accountId: string): Promise<readonly SavedViewRow[]> {
  return db
    .selectFrom('library.saved_view')
    .select(['id', 'name', 'search'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
}

/** The same name again replaces what it stood for. */
export async function putView(
  db: Db,
  accountId: string,
  { name, search }: Omit<SavedViewRow, 'id'>,
  at: Date,
): Promise<void> {
  await db
    .insertInto('library.saved_view')
    .values({ account_id: accountId, name, search, created_at: at })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doUpdateSet({ search }))
    .execute();
}

export async function deleteView(db: Db, accountId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('library.saved_view')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
