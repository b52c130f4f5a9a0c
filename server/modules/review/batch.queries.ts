import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Whether there are comments that nobody settled, and whether anybody remarked, decided or gave an opinion after an instant. */
export async function saidSince(
  db: Db,
  reviewId: string,
  since: Date,
): Promise<{ readonly hasUnsettled: boolean; readonly isChanged: boolean }> {
  const { rows } = await sql<{ hasUnsettled: boolean; isChanged: boolean }>`select
    exists (select from review.comment where review_id = ${reviewId} and settled_at is null) as "hasUnsettled",
    exists (select from review.comment where review_id = ${reviewId} and written_at > ${since})
      or exists (select from review.decision where review_id = ${reviewId} and decided_at > ${since})
      or exists (select from review.opinion where review_id = ${reviewId} and state = 'answered' and ended_at > ${since})
      as "isChanged"`.execute(db);
  const [only] = rows;
  if (!only) throw new Error('a select without tables has one row');
  return only;
}
