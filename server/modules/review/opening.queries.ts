import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { Opening } from './opening.types.ts';

/** Somebody has read the whole text of a review that waits for them. The last time counts. */
export async function noteOpening(
  db: Db,
  opened: { readonly reviewId: string; readonly accountId: string; readonly revisionDigest: Buffer },
  at: Date,
): Promise<void> {
  await sql`insert into review.opening (review_id, account_id, revision_digest, opened_at)
    values (${opened.reviewId}, ${opened.accountId}, ${opened.revisionDigest}, ${at})
    on conflict (review_id, account_id) do update
      set revision_digest = excluded.revision_digest, opened_at = excluded.opened_at`.execute(db);
}

/** Which of these reviews an account opened, as they are and since their step began. */
export async function openedAmong(
  db: Db,
  accountId: string,
  reviewIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (reviewIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select r.id from review.review r join review.opening o on o.review_id = r.id
    where r.id = any(${[...reviewIds]}::bigint[]) and o.account_id = ${accountId}
      and o.revision_digest = r.revision_digest and o.opened_at >= r.step_since`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** When an account opened a review, and as what. */
export async function openingOf(db: Db, reviewId: string, accountId: string): Promise<Opening | undefined> {
  return db
    .selectFrom('review.opening')
    .select(['revision_digest as revisionDigest', 'opened_at as openedAt'])
    .where('review_id', '=', reviewId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** Whether an account opened an earlier review of the same work. */
export async function openedBefore(
  db: Db,
  accountId: string,
  review: { readonly id: string; readonly resourceId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('review.opening')
    .innerJoin('review.review', 'review.review.id', 'review.opening.review_id')
    .select('review.opening.review_id')
    .where('review.review.resource_id', '=', review.resourceId)
    .where('review.review.id', '<', review.id)
    .where('review.opening.account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
