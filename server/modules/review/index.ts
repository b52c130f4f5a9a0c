export { decideReview, type DecideInput } from './decide-review.ts';
export { chooseReviewers, reviewParts, reviewSteps } from './package.queries.ts';
export { recallReview, type RecallInput } from './recall-review.ts';
export type { WorkbenchTasks } from './read-workbench.ts';
export { recordRelease } from './record-responsibility.ts';
export { reviewRoutes } from './review.routes.ts';
export { defaultChain } from './review.rules.ts';
export { submitResource, type SubmitInput } from './submit-resource.ts';
export { reviewHoldings, reviewKeptColumns } from './unit-holdings.ts';
