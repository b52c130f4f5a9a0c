import { monthsLater } from '../../../contracts/day.ts';
import type { UpdateRule, UpdateState, UpdateWarning } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';

const dayMilliseconds = 86_400_000;
const fortnight = 14;

export interface UpdateFacts {
  readonly updateRule: UpdateRule | null;
  readonly lastEntryAt: Date | null;
  readonly closed: boolean;
}

/**
 * Until when a column may wait after an entry. Weeks are counted by the hour, months by the calendar: the corresponding
 * day is the last on which an update is in time. Null where only an event asks for one.
 */
export function dueAfter(rule: UpdateRule, lastEntryAt: Date): Date | null {
  if (rule.kind === 'event') return null;
  if (rule.kind === 'days') return new Date(lastEntryAt.getTime() + rule.days * dayMilliseconds);
  const lastDay = monthsLater(dayInChina(lastEntryAt), rule.months);
  return new Date(Date.parse(`${lastDay}T00:00:00+08:00`) + dayMilliseconds);
}

/** R03, R04, R06: longer without a new entry than the column's rule allows. A column without entries is overdue at once. */
export function isOverdue({ updateRule, lastEntryAt, closed }: UpdateFacts, now: Date): boolean {
  if (closed || updateRule === null || updateRule.kind === 'event') return false;
  if (lastEntryAt === null) return true;
  const due = dueAfter(updateRule, lastEntryAt);
  return due !== null && now > due;
}

/** R02 warns of a fortnight after ten days; of any other interval a share has passed. */
export function soonAfter(rule: UpdateRule, lastEntryAt: Date, warning: UpdateWarning): Date | null {
  const due = dueAfter(rule, lastEntryAt);
  if (due === null) return null;
  if (rule.kind === 'days' && rule.days === fortnight)
    return new Date(lastEntryAt.getTime() + warning.fortnightDays * dayMilliseconds);
  const span = due.getTime() - lastEntryAt.getTime();
  return new Date(lastEntryAt.getTime() + (span * warning.soonPercent) / 100);
}

export function updateStateOf(facts: UpdateFacts, now: Date, warning: UpdateWarning): UpdateState {
  const { updateRule, lastEntryAt } = facts;
  if (lastEntryAt === null) return 'empty';
  if (isOverdue(facts, now)) return 'overdue';
  const soon = updateRule === null || facts.closed ? null : soonAfter(updateRule, lastEntryAt, warning);
  return soon !== null && now >= soon ? 'soon' : 'fresh';
}
