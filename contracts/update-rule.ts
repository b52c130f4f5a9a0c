import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';

/** An interval that is written as words would not come back as words from a table. */
export const intervalPattern = /^(\d{1,4})(天|个月)内更新$/;

/**
 * How often a column must be updated: within some days, within some months of the calendar, or when something happens.
 * What waits for an event is never overdue.
 */
export const UpdateRule = Type.Union([
  Closed({ kind: Type.Literal('days'), days: Type.Integer({ minimum: 1, maximum: 3660 }) }),
  Closed({ kind: Type.Literal('months'), months: Type.Integer({ minimum: 1, maximum: 120 }) }),
  Closed({
    kind: Type.Literal('event'),
    words: Type.String({ maxLength: 100, pattern: '^(?!\\d{1,4}(?:天|个月)内更新$)\\S(?:.*\\S)?$' }),
  }),
]);
export type UpdateRule = Static<typeof UpdateRule>;
/** Null while nobody has said it. */
export const MaybeUpdateRule = Type.Union([UpdateRule, Type.Null()]);

/** `14天内更新`, `6个月内更新`, or the words of the event. Empty when nothing is said. */
export function ruleText(rule: UpdateRule | null): string {
  if (rule === null) return '';
  if (rule.kind === 'event') return rule.words;
  return rule.kind === 'days' ? `${String(rule.days)}天内更新` : `${String(rule.months)}个月内更新`;
}

/** What `ruleText` wrote; any other words are those of an event. */
export function ruleFrom(text: string): UpdateRule | null {
  if (text === '') return null;
  const [, number, unit] = intervalPattern.exec(text) ?? [];
  if (number === undefined) return { kind: 'event', words: text };
  return unit === '天' ? { kind: 'days', days: Number(number) } : { kind: 'months', months: Number(number) };
}
