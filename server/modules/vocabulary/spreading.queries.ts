import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** What shows the term is to be shown and indexed anew; asked again, from the beginning. */
export async function askSpreading(db: Db, termIds: readonly string[], at: Date): Promise<void> {
  await sql`
    insert into vocabulary.spreading (term_id, asked_at)
    select distinct id, ${at}::timestamptz from unnest(${[...termIds]}::bigint[]) as given (id) order by id
    on conflict (term_id) do update set after_resource_id = 0, asked_at = excluded.asked_at`.execute(db);
}

export interface Spreading {
  readonly termId: string;
  readonly reference: string;
  readonly afterResourceId: string;
}

export async function hasSpreading(db: Db): Promise<boolean> {
  const { rows } = await sql`select from vocabulary.spreading limit 1`.execute(db);
  return rows.length > 0;
}

/** The one that has waited longest, locked; undefined when none waits that nobody else works on. */
export async function nextSpreading(db: Db): Promise<Spreading | undefined> {
  const { rows } = await sql<Spreading>`
    select spreading.term_id as "termId", term.reference, spreading.after_resource_id as "afterResourceId"
    from vocabulary.spreading join vocabulary.term on term.id = spreading.term_id
    order by spreading.asked_at, spreading.term_id limit 1 for update of spreading skip locked`.execute(db);
  return rows[0];
}

export async function moveSpreading(db: Db, termId: string, afterResourceId: string): Promise<void> {
  await sql`
    update vocabulary.spreading set after_resource_id = ${afterResourceId} where term_id = ${termId}`.execute(
    db,
  );
}

export async function endSpreading(db: Db, termId: string): Promise<void> {
  await sql`delete from vocabulary.spreading where term_id = ${termId}`.execute(db);
}
