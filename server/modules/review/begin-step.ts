import { type ReviewStep, usualEscalation } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import {
  afterWork,
  endOfLimit,
  loadWorkingTime,
  minutesOfDay,
  workBetween,
  type WorkingTime,
} from '../../platform/working-time.ts';
import type { StepTimes } from './step-times.types.ts';

/**
 * The times of a step that begins; null without a limit. It is due soon from a working day before its end on, and of
 * what lasts less than two days from half of the time on.
 */
export function stepTimes(time: WorkingTime, step: ReviewStep, from: Date): StepTimes | null {
  if (!step.limit) return null;
  const dueAt = endOfLimit(time, from, step.limit);
  const whole = workBetween(time, from, dueAt);
  const soonAfter = Math.max(Math.ceil(whole / 2), whole - minutesOfDay(time));
  return {
    soonAt: afterWork(time, from, soonAfter),
    dueAt,
    escalateAt: endOfLimit(time, dueAt, step.escalateAfter ?? usualEscalation),
  };
}

/** The times of a step that begins now, by the working time of the district; null without a limit. */
export async function timesFor(db: Db, step: ReviewStep, now: Date): Promise<StepTimes | null> {
  return step.limit ? stepTimes(await loadWorkingTime(db), step, now) : null;
}
