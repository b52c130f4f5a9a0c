import type { Deadline, Reminder } from '../../../contracts/review.ts';
import type { Desk } from './desk.types.ts';
import type { ReminderRow } from './reminder.queries.ts';
import type { ReviewRow } from './review.queries.ts';
import { deadlineState } from './step-times.rules.ts';

/** How the running step stands to its time limit; null without one. */
export function presentDeadline(row: ReviewRow, now: Date): Deadline | null {
  const state = row.state === 'open' ? deadlineState(row, now) : 'none';
  return state === 'none' || row.dueAt === null ? null : { dueAt: row.dueAt.toISOString(), state };
}

export function presentReminders(rows: readonly ReminderRow[]): Reminder[] {
  return rows.map(({ kind, stepName, toNames, givenByName, note, givenAt }) => ({
    ...{ kind, stepName, toNames, byName: givenByName, note },
    at: givenAt.toISOString(),
  }));
}

/** Whom it is escalated to, and whoever stands in for them, may urge; whether they may decide is another matter. */
export function mayUrge(row: Pick<ReviewRow, 'state' | 'escalatedIds'>, desk: Desk): boolean {
  const people = [desk.actor, ...desk.delegators];
  return row.state === 'open' && people.some(({ id }) => row.escalatedIds?.includes(id) === true);
}
