import { sql } from 'kysely';

import type { ImportPass, OutcomeResult, RecordProblem } from '../../../contracts/intake.ts';
import type { Db } from '../../platform/db.ts';

export interface OutcomeRow {
  readonly ordinal: number;
  readonly place: string;
  readonly key: string;
  readonly title: string;
  readonly result: OutcomeResult;
  readonly resourceId: string | null;
  readonly oldAddress: string | null;
  readonly problems: readonly RecordProblem[];
}

export async function insertOutcomes(
  db: Db,
  importId: string,
  pass: ImportPass,
  rows: readonly OutcomeRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('intake.outcome')
    .values(
      rows.map((row) => ({
        import_id: importId,
        pass,
        ordinal: row.ordinal,
        place: row.place,
        key: row.key,
        title: row.title,
        result: row.result,
        resource_id: row.resourceId,
        old_address: row.oldAddress,
        problems: JSON.stringify(row.problems),
      })),
    )
    .execute();
}

export async function deleteOutcomes(db: Db, importId: string, pass: ImportPass): Promise<void> {
  await db.deleteFrom('intake.outcome').where('import_id', '=', importId).where('pass', '=', pass).execute();
}

export interface OutcomeFilter {
  readonly pass: ImportPass;
  readonly result?: OutcomeResult | undefined;
  readonly troubled?: boolean | undefined;
}

/** In the order of the file, after one of them. Whoever asks has looked the import up in scope. */
export async function outcomesAfter(
  db: Db,
  importId: string,
  filter: OutcomeFilter,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly OutcomeRow[]> {
  let query = db
    .selectFrom('intake.outcome')
    .select([
      'ordinal',
      'place',
      'key',
      'title',
      sql<OutcomeResult>`result`.as('result'),
      'resource_id as resourceId',
      'old_address as oldAddress',
      sql<RecordProblem[]>`problems`.as('problems'),
    ])
    .where('import_id', '=', importId)
    .where('pass', '=', filter.pass)
    .where('ordinal', '>', after);
  if (filter.result !== undefined) query = query.where('result', '=', filter.result);
  if (filter.troubled === true) query = query.where(sql<boolean>`problems <> '[]'::jsonb`);
  return query.orderBy('ordinal').limit(limit).execute();
}
