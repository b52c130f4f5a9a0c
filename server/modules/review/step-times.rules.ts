import { type ReviewStep, usualEscalation } from '../../../contracts/review.ts';
import {
  afterWork,
  endOfLimit,
  minutesOfDay,
  workBetween,
  type WorkingTime,
} from '../../platform/working-time.ts';

/** When those who are asked are reminded, when the step is overdue, and when that is escalated. */
export interface StepTimes {
  readonly soonAt: Date;
  readonly dueAt: Date;
  readonly escalateAt: Date;
}

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

export type ClockKind = 'soon' | 'overdue' | 'escalated';

/** What people are told of at an instant: a worker that was away does not remind of what is past. */
export function callsAt(times: StepTimes, now: Date): readonly ClockKind[] {
  if (now < times.soonAt) return [];
  if (now < times.dueAt) return ['soon'];
  return now < times.escalateAt ? ['overdue'] : ['overdue', 'escalated'];
}

/** When there is something to be told next; null: nothing more. */
export function nextCall({ soonAt, dueAt, escalateAt }: StepTimes, now: Date): Date | null {
  return [soonAt, dueAt, escalateAt].find((at) => at > now) ?? null;
}

export type DeadlineState = 'none' | 'running' | 'soon' | 'overdue';

export function deadlineState(
  { soonAt, dueAt }: { readonly soonAt: Date | null; readonly dueAt: Date | null },
  now: Date,
): DeadlineState {
  if (soonAt === null || dueAt === null) return 'none';
  if (now >= dueAt) return 'overdue';
  return now >= soonAt ? 'soon' : 'running';
}
