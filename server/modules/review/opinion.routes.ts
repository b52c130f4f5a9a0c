import { reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import { askOpinions } from './ask-opinion.ts';
import { giveOpinion } from './give-opinion.ts';
import { listOpinions } from './list-opinions.ts';
import { presentAskable, presentOpinions } from './opinion.presenter.ts';
import { withdrawOpinion } from './withdraw-opinion.ts';

/** 会签: what steps ask of other units, and what these answer. */
export const opinionRoutes: Routes = (mount, { perform, consult }) => {
  mount(reviewApi.listReviewOpinions, ({ caller, params }) =>
    consult(caller, 'review.list-review-opinions', (reader) => presentOpinions(reader, params.id)),
  );
  mount(reviewApi.listAskableUnits, ({ caller, params }) =>
    consult(caller, 'review.list-askable-units', (reader) => presentAskable(reader, params.id)),
  );
  mount(reviewApi.askOpinions, async ({ caller, params, body }) => {
    const { opinions } = await perform(caller, askOpinions, { ...body, reviewId: params.id });
    return opinions;
  });
  mount(reviewApi.listOpinions, ({ caller, query }) =>
    consult(caller, 'review.list-opinions', (reader) => listOpinions(reader, query)),
  );
  mount(reviewApi.giveOpinion, ({ caller, params, body }) =>
    perform(caller, giveOpinion, { ...body, id: params.id }),
  );
  mount(reviewApi.withdrawOpinion, ({ caller, params, body }) =>
    perform(caller, withdrawOpinion, { ...body, id: params.id }),
  );
};
