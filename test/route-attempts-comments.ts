import { aComment, openReview } from './factories/review.ts';
import { type Attempt, insidersAs, on, readAtEveryStage, readers } from './route-rules.ts';

/** Asked of what reviewers remark on words of a revision. */
export const commentAttempts: readonly Attempt[] = [
  {
    endpoint: 'review.listComments',
    what: 'of a review of the unit',
    rule: readers,
    ask: ({ reviewId }) => on(reviewId),
  },
  {
    endpoint: 'review.addComment',
    what: 'to a review of the unit',
    rule: insidersAs('reviewer', 'principal'),
    ask: async ({ db, secret }) => {
      const { id } = await openReview(db, (await secret.inReview()).id);
      const { title: quote } = await db
        .selectFrom('review.review')
        .select('title')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return {
        params: { id },
        payload: { anchor: { field: 'title', path: [], start: 0, end: quote.length }, quote, text: '再核。' },
      };
    },
  },
  ...readAtEveryStage('review.listUnsettledComments'),
  {
    endpoint: 'review.settleComment',
    what: 'of a review of the unit',
    rule: insidersAs('editor', 'reviewer', 'principal'),
    ask: async ({ db, secret }) => ({
      params: { id: await aComment(db, (await secret.inReview()).id) },
      payload: { settled: true },
    }),
  },
];
