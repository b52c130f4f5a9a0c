import { choiceIn, compact } from '../../lib/search-text.ts';

export const submissionViews = ['waiting', 'matches', 'own', 'figures'] as const;
export type SubmissionView = (typeof submissionViews)[number];

/** The page's address: what is looked at; what waits, when absent. */
export interface SubmissionState {
  readonly show?: SubmissionView;
}

export function readSubmissionState(raw: Record<string, unknown>): SubmissionState {
  return compact<SubmissionState>({ show: choiceIn(raw, 'show', submissionViews) });
}
