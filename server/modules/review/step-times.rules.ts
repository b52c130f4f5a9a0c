import type { StepTimes } from './step-times.types.ts';

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
