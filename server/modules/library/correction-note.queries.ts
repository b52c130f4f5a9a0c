import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** 更正说明: what a release corrected, as pages show it. */
export interface CorrectionNote {
  readonly resourceId: string;
  readonly note: string;
  readonly unitName: string;
  readonly correctedAt: Date;
}

/** More than a reader looks through; older ones stay on record. */
const mostShown = 20;

/** The newest of each resource first. */
export async function correctionNotesOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CorrectionNote[]>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<CorrectionNote>`
    select newest.resource_id as "resourceId", note, unit_name as "unitName", corrected_at as "correctedAt"
    from unnest(${[...resourceIds]}::bigint[]) as asked (id)
    cross join lateral (
      select * from library.correction_note where resource_id = asked.id order by id desc limit ${mostShown}
    ) as newest
    order by newest.resource_id, newest.id desc`.execute(db);
  return Map.groupBy(rows, (row) => row.resourceId);
}

export interface NewCorrectionNote {
  readonly resourceId: string;
  readonly revisionId: string;
  readonly note: string;
  readonly unitName: string;
}

/** What stands in a newer text still from the correction before is not told twice. */
export async function insertCorrectionNotes(
  db: Db,
  notes: readonly NewCorrectionNote[],
  at: Date,
): Promise<void> {
  if (notes.length === 0) return;
  const rows = JSON.stringify(
    notes.map((one) => ({
      resource_id: one.resourceId,
      revision_id: one.revisionId,
      note: one.note,
      unit_name: one.unitName,
    })),
  );
  await sql`
    insert into library.correction_note (resource_id, revision_id, note, unit_name, corrected_at)
    select given.resource_id, given.revision_id, given.note, given.unit_name, ${at}
    from jsonb_to_recordset(${rows}::jsonb) as given (resource_id bigint, revision_id bigint, note text, unit_name text)
    where given.note is distinct from (select before.note from library.correction_note as before
      where before.resource_id = given.resource_id order by before.id desc limit 1)
    on conflict (revision_id) do nothing`.execute(db);
}
