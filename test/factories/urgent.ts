import type { NewUrgentRule, Review } from '../../contracts/review.ts';
import { decideReview, releaseUrgently, setUrgentRule } from '../../server/modules/review/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { anAssessment } from './assessment.ts';
import { anAccount, type TestAccount } from './identity.ts';
import { performAs } from './library.ts';
import { openReview } from './review.ts';

/** These may release urgently in a unit that has no rule yet, as an operator says. */
export async function anUrgentRule(
  db: Db,
  unit: { readonly id: string },
  people: readonly TestAccount[],
  part: Partial<NewUrgentRule> = {},
): Promise<void> {
  const operator = await anAccount(db, { roles: ['operator'] });
  await performAs({ db }, operator)(setUrgentRule, {
    unitId: unit.id,
    expectedVersion: 0,
    coversBelow: false,
    accountIds: people.map(({ id }) => id),
    reviewHours: 24,
    note: '区政府办〔2026〕12号',
    ...part,
  });
}

interface Clocked {
  readonly clock?: () => Date;
}

export const urgentReason = '强降雨红色预警，须立即告知群众转移。';

/** Releases the open review of a resource at once. */
export async function release(
  db: Db,
  who: TestAccount,
  resourceId: string,
  wishes: Clocked = {},
): Promise<Review> {
  const { id, step, digest } = await openReview(db, resourceId);
  return performAs(
    { db },
    who,
    wishes,
  )(releaseUrgently, {
    reviewId: id,
    step,
    revisionDigest: digest,
    reason: urgentReason,
    assessment: anAssessment(),
    signedBy: { method: 'password' },
  });
}

/** Approves, or objects to, the step of a retrospective review that waits. */
export async function decideAfterwards(
  db: Db,
  who: TestAccount,
  reviewId: string,
  wishes: Clocked & { readonly action?: 'approve' | 'object' } = {},
): Promise<Review> {
  const row = await db
    .selectFrom('review.review')
    .select(['step', 'revision_digest'])
    .where('id', '=', reviewId)
    .executeTakeFirstOrThrow();
  const { action = 'approve' } = wishes;
  return performAs(
    { db },
    who,
    wishes,
  )(decideReview, {
    reviewId,
    action,
    step: row.step,
    revisionDigest: row.revision_digest.toString('hex'),
    ...(action === 'approve'
      ? { assessment: anAssessment(), signedBy: { method: 'password' } }
      : { reason: '转移路线写错了' }),
  });
}
