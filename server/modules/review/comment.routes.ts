import { reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import { addComment } from './add-comment.ts';
import { presentReviewComments, presentUnsettled } from './comment.presenter.ts';
import { settleComment } from './settle-comment.ts';

/** What reviewers remark on the words of a revision (批注). */
export const commentRoutes: Routes = (mount, { perform, consult }) => {
  mount(reviewApi.listComments, ({ caller, params }) =>
    consult(caller, 'review.list-comments', (reader) => presentReviewComments(reader, params.id)),
  );
  mount(reviewApi.addComment, ({ caller, params, body }) =>
    perform(caller, addComment, { ...body, reviewId: params.id }),
  );
  mount(reviewApi.listUnsettledComments, ({ caller, params }) =>
    consult(caller, 'review.list-unsettled-comments', (reader) => presentUnsettled(reader, params.id)),
  );
  mount(reviewApi.settleComment, ({ caller, params, body }) =>
    perform(caller, settleComment, { ...body, commentId: params.id }),
  );
};
