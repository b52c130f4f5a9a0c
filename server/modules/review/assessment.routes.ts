import { reviewApi } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Routes } from '../../platform/http.ts';
import { presentAssessments } from './assessment.presenter.ts';
import { opennessReasonsOn, reassessMonths, secrecyItemsOn } from './assessment.queries.ts';
import { getReview } from './find-review.ts';
import { listUndisclosed } from './list-undisclosed.ts';
import { listReassessments, reassessResource } from './reassess-resource.ts';

export const assessmentRoutes: Routes = (mount, { perform, consult }) => {
  mount(reviewApi.getOpennessForm, ({ caller }) =>
    consult(caller, 'review.get-assessment-form', async ({ db, now }) => {
      const day = dayInChina(now);
      return {
        items: [...(await secrecyItemsOn(db, day))],
        reasons: [...(await opennessReasonsOn(db, day))],
        reassessMonths: await reassessMonths(db),
      };
    }),
  );
  mount(reviewApi.listOpennessAssessments, ({ caller, params }) =>
    consult(caller, 'review.list-assessments', async (reader) => {
      const { row } = await getReview(reader, params.id);
      return presentAssessments(reader.db, row.id);
    }),
  );
  mount(reviewApi.listUndisclosed, ({ caller, query }) =>
    consult(caller, 'review.list-undisclosed', (reader) => listUndisclosed(reader, query)),
  );
  mount(reviewApi.listReassessments, ({ caller, params }) =>
    consult(caller, 'review.list-reassessments', (reader) => listReassessments(reader, params.id)),
  );
  mount(reviewApi.reassess, ({ caller, params, body }) =>
    perform(caller, reassessResource, { reviewId: params.id, reassessment: body }),
  );
};
