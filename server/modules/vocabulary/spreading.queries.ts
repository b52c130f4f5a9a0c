import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface ChangedTerm {
  readonly id: string;
  /** Called otherwise: what other systems were told of it is no longer so. */
  readonly isRenamed: boolean;
}

/** What shows the terms, each given once, is to be shown and indexed anew; asked again, from the beginning. */
export async function askSpreading(db: Db, terms: readonly ChangedTerm[], at: Date): Promise<void> {
  await sql`
    insert into vocabulary.spreading (term_id, is_renamed, asked_at)
    select id, is_renamed, ${at}::timestamptz from unnest(${terms.map((one) => one.id)}::bigint[],
      ${terms.map((one) => one.isRenamed)}::boolean[]) as given (id, is_renamed) order by id
    on conflict (term_id) do update set after_resource_id = 0, asked_at = excluded.asked_at,
      is_renamed = spreading.is_renamed or excluded.is_renamed`.execute(db);
}

export interface Spreading {
  readonly termId: string;
  readonly reference: string;
  readonly isRenamed: boolean;
  readonly afterResourceId: string;
}

export async function hasSpreading(db: Db): Promise<boolean> {
  const { rows } = await sql`select from vocabulary.spreading limit 1`.execute(db);
  return rows.length > 0;
}

/** The one that has waited longest, locked; undefined when none waits that nobody else works on. */
export async function nextSpreading(db: Db): Promise<Spreading | undefined> {
  const { rows } = await sql<Spreading>`
    select spreading.term_id as "termId", term.reference, spreading.is_renamed as "isRenamed",
      spreading.after_resource_id as "afterResourceId"
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
