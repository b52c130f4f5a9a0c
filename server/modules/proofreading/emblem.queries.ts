import type { Db } from '../../platform/db.ts';
import type { Ending, Made, PageWish } from './host-ruling.queries.ts';

export interface EmblemRow {
  readonly id: string;
  readonly digest: string;
  readonly name: string;
  readonly reason: string;
  readonly madeAt: Date;
  readonly madeByName: string;
  readonly endedAt: Date | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
}

const emblems = (db: Db) =>
  db
    .selectFrom('proofreading.approved_emblem')
    .select([
      'id',
      'digest',
      'name',
      'reason',
      'made_at as madeAt',
      'made_by_name as madeByName',
      'ended_at as endedAt',
      'ended_by_name as endedByName',
      'end_reason as endReason',
    ]);

export function emblemPage(db: Db, { before, limit }: PageWish): Promise<readonly EmblemRow[]> {
  const page = emblems(db).orderBy('id', 'desc').limit(limit);
  return (before === undefined ? page : page.where('id', '<', before)).execute();
}

export function emblemForUpdate(db: Db, id: string): Promise<EmblemRow | undefined> {
  return emblems(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Digests of the files that may be shown; there are some dozens. */
export async function approvedDigests(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('proofreading.approved_emblem')
    .select('digest')
    .where('ended_at', 'is', null)
    .execute();
  return rows.map((row) => row.digest);
}

export interface NewEmblem {
  readonly digest: string;
  readonly name: string;
  readonly reason: string;
}

/** Undefined when the file is approved already. */
export async function insertEmblem(db: Db, emblem: NewEmblem, made: Made): Promise<string | undefined> {
  const row = await db
    .insertInto('proofreading.approved_emblem')
    .values({ ...emblem, made_at: made.at, made_by_name: made.byName })
    .onConflict((conflict) => conflict.column('digest').where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function endEmblemRow(db: Db, id: string, { at, byName, reason }: Ending): Promise<void> {
  await db
    .updateTable('proofreading.approved_emblem')
    .set({ ended_at: at, ended_by_name: byName, end_reason: reason })
    .where('id', '=', id)
    .execute();
}
