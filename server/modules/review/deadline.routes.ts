import { reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import { urgeReview } from './urge-review.ts';

/** What the time limits of steps lead to. */
export const deadlineRoutes: Routes = (mount, { perform }) => {
  mount(reviewApi.urgeReview, ({ caller, params, body }) =>
    perform(caller, urgeReview, { ...body, reviewId: params.id }),
  );
};
