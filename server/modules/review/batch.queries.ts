import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Whether there are comments that nobody settled, and whether anybody remarked or decided after an instant. */
export async function saidSince(
  db: Db,
  reviewId: string,
  since: Date,
): Promise<{ readonly hasUnsettled: boolean; readonly isChanged: boolean }> {
  const { rows } = await sql<{ hasUnsettled: boolean; isChanged: boolean }>`select
    exists (select from review.comment where review_id = ${reviewId} and settled_at is null) as "hasUnsettled",
    exists (select from review.comment where review_id = ${reviewId} and written_at > ${since})
      or exists (select from review.decision where review_id = ${reviewId} and decided_at > ${since}) as "isChanged"`.execute(
    db,
  );
  const [only] = rows;
  if (!only) throw new Error('a select without tables has one row');
  return only;
}
