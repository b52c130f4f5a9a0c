import { type Static, Type } from 'typebox';

import { Closed, Instant } from './endpoint.ts';

/** What the time limits of steps lead to. */
export const deadlineErrorCodes = ['review.not-escalated-to-you', 'review.urged-today'] as const;

/** How the step that runs stands to its time limit. */
export const Deadline = Closed({
  dueAt: Instant,
  state: Type.Union([Type.Literal('running'), Type.Literal('soon'), Type.Literal('overdue')]),
});
export type Deadline = Static<typeof Deadline>;

export const DeadlineFilter = Type.Union([Type.Literal('soon'), Type.Literal('overdue')]);
export type DeadlineFilter = Static<typeof DeadlineFilter>;
export const deadlineNames: Readonly<Record<DeadlineFilter, string>> = { soon: '即将到期', overdue: '超期' };

/** Who was reminded, told or urged of a step, and when. */
export const Reminder = Closed({
  kind: Type.Union([
    Type.Literal('soon'),
    Type.Literal('overdue'),
    Type.Literal('escalated'),
    Type.Literal('urged'),
  ]),
  stepName: Type.String(),
  /** Whom it was escalated to. */
  toNames: Type.Union([Type.String(), Type.Null()]),
  /** Who urged; null: the clock. */
  byName: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
  at: Instant,
});
export type Reminder = Static<typeof Reminder>;

export const Urging = Closed({ note: Type.Optional(Type.String({ maxLength: 200 })) });
export type Urging = Static<typeof Urging>;
