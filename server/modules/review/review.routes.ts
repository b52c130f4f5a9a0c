import { dutyNames, reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import { defaultIdentitySettings, type ProofParts } from '../identity/index.ts';
import { getResource } from '../library/index.ts';
import { assessmentRoutes } from './assessment.routes.ts';
import type { NeedsLook } from './approve-together.ts';
import { batchRoutes } from './batch.routes.ts';
import { chainRoutes } from './chain.routes.ts';
import { deadlineRoutes } from './deadline.routes.ts';
import { decideReview } from './decide-review.ts';
import { responsibilityOf } from './decision.queries.ts';
import { listReviews } from './list-reviews.ts';
import { opinionRoutes } from './opinion.routes.ts';
import { openReview } from './open-review.ts';
import { overdueTasks } from './overdue-tasks.ts';
import { proveDecision } from './prove-decision.ts';
import { readWorkbench, type WorkbenchTasks } from './read-workbench.ts';
import { recallReview } from './recall-review.ts';
import { retrospectiveTasks } from './retrospective-tasks.ts';
import { sheetRoutes } from './sheet.routes.ts';
import { openGate, type SubmissionGate, submitThrough } from './submit-resource.ts';
import { urgentRoutes } from './urgent.routes.ts';

/** Passwords prove who signs; of one-time codes nobody can say anything without their key. */
const passwordsOnly: ProofParts = {
  lockout: defaultIdentitySettings.lockout,
  seal: () => Promise.reject(new Error('nobody said where the key of one-time codes lies')),
};

interface ReviewParts {
  /** How a signer proves who they are. */
  readonly proofs?: ProofParts;
  /** Looks at what is handed in. */
  readonly gate?: SubmissionGate;
  /** What is approved by itself only, never with others. */
  readonly needsLook?: NeedsLook;
}

/** `others` contribute to the workbench what waits for somebody elsewhere. */
export function reviewRoutes(
  others: readonly WorkbenchTasks[] = [],
  { proofs = passwordsOnly, gate = openGate, needsLook = () => Promise.resolve(false) }: ReviewParts = {},
): Routes {
  const submit = submitThrough(gate);
  return (mount, tools) => {
    const { perform, consult } = tools;
    chainRoutes(mount, tools);
    assessmentRoutes(mount, tools);
    sheetRoutes(mount, tools);
    opinionRoutes(mount, tools);
    deadlineRoutes(mount, tools);
    batchRoutes({ proofs, needsLook })(mount, tools);
    urgentRoutes(proofs)(mount, tools);
    mount(reviewApi.submitResource, ({ caller, params, body }) =>
      perform(caller, submit, { ...body, resourceId: params.id }),
    );
    mount(reviewApi.listReviews, ({ caller, query }) =>
      consult(caller, 'review.list-reviews', (reader) => listReviews(reader, query)),
    );
    mount(reviewApi.getReview, ({ caller, params }) =>
      consult(caller, 'review.get-review', (reader) => openReview(reader, params.id)),
    );
    mount(reviewApi.decideReview, async ({ caller, params, body }) => {
      const { proof, ...decision } = body;
      const input = { ...decision, reviewId: params.id };
      if (!proof) return perform(caller, decideReview, input);
      const signedBy = await consult(caller, 'identity.prove-signer', (reader) =>
        proveDecision(reader, proofs, { reviewId: params.id, decision, proof }),
      );
      return perform(caller, decideReview, signedBy ? { ...input, signedBy } : input);
    });
    mount(reviewApi.recallReview, ({ caller, params }) =>
      perform(caller, recallReview, { reviewId: params.id }),
    );
    mount(reviewApi.getWorkbench, ({ caller }) =>
      consult(caller, 'review.get-workbench', (reader) =>
        readWorkbench(reader, [retrospectiveTasks, overdueTasks, ...others]),
      ),
    );
    mount(reviewApi.listResponsibility, ({ caller, params }) =>
      consult(caller, 'review.list-responsibility', async (reader) => {
        const resource = await getResource(reader, params.id);
        const records = await responsibilityOf(reader.db, resource.id);
        return records.map(({ stepName, ...one }) => ({
          ...one,
          dutyName: stepName ?? dutyNames[one.duty],
          at: one.at.toISOString(),
        }));
      }),
    );
  };
}
