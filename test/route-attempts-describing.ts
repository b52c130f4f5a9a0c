import { type Attempt, readAtEveryStage } from './route-rules.ts';

/** What is suggested from a unit's texts. */
export const describingAttempts: readonly Attempt[] = [
  ...readAtEveryStage('describing.suggestKeywords'),
  ...readAtEveryStage('describing.suggestSummary'),
];
