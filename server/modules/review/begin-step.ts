import type { ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { loadWorkingTime } from '../../platform/working-time.ts';
import { type StepTimes, stepTimes } from './step-times.rules.ts';

/** The times of a step that begins now, by the working time of the district; null without a limit. */
export async function timesFor(db: Db, step: ReviewStep, now: Date): Promise<StepTimes | null> {
  return step.limit ? stepTimes(await loadWorkingTime(db), step, now) : null;
}
