import { type NewAnswer, type NewQuestion, type Opinion } from '../../contracts/opinion.ts';
import { askOpinions, giveOpinion } from '../../server/modules/review/index.ts';
import type { Db } from '../../server/platform/db.ts';
import type { TestAccount } from './identity.ts';
import { performAs } from './library.ts';
import { openReview } from './review.ts';

/** Whoever may decide the step that waits asks a unit; the new question. */
export async function ask(
  db: Db,
  who: TestAccount,
  resourceId: string,
  wish: Pick<NewQuestion, 'unitIds'> & Partial<NewQuestion>,
): Promise<Opinion> {
  const { id: reviewId, step } = await openReview(db, resourceId);
  const input = { reviewId, step, question: '是否符合贵单位职责？', ...wish };
  const { opinions } = await performAs({ db }, who)(askOpinions, input);
  const asked = opinions.items.at(-1);
  if (!asked) throw new Error('nothing was asked');
  return asked;
}

export async function answer(
  db: Db,
  who: TestAccount,
  { id, reviewId }: Pick<Opinion, 'id' | 'reviewId'>,
  wish: Partial<NewAnswer> = {},
): Promise<Opinion> {
  const { revision_digest } = await db
    .selectFrom('review.review')
    .select('revision_digest')
    .where('id', '=', reviewId)
    .executeTakeFirstOrThrow();
  const input = { id, stance: 'agree', revisionDigest: revision_digest.toString('hex'), ...wish } as const;
  return performAs({ db }, who)(giveOpinion, input);
}
