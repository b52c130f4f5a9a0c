import type { LinkAnswer } from '../../../contracts/link-check.ts';

/** What is remembered of the tries before. */
export interface FormerTries {
  readonly failedDays: number;
  readonly failedOn: string | null;
}

export interface JudgedTry extends LinkAnswer, FormerTries {
  readonly nextInHours: number;
}

const dayHours = 24;
const weekHours = 7 * dayHours;
const monthHours = 30 * dayHours;

/** Without an answer it may be our own network that is away. */
export const gotNoAnswer = ({ problem }: LinkAnswer): boolean =>
  problem === 'timeout' || problem === 'connection';

/**
 * What a try means. `isAway`: our own network is, so that nothing is learnt. Failures of one day count once, and
 * one success makes up for all.
 */
export function judgeTry(
  answer: LinkAnswer,
  former: FormerTries,
  { today, isAway }: { readonly today: string; readonly isAway: boolean },
): JudgedTry {
  const { failedDays, failedOn } = former;
  if (isAway && gotNoAnswer(answer)) return { ...answer, failedDays, failedOn, nextInHours: 1 };
  const never = { failedDays: 0, failedOn: null };
  if (answer.problem === null) return { ...answer, ...never, nextInHours: weekHours };
  // These say nothing of the page: we may not or must not ask.
  if (answer.problem === 'robots' || answer.problem === 'private-address') {
    return { ...answer, ...never, nextInHours: monthHours };
  }
  const isNewDay = failedOn !== today;
  return { ...answer, failedDays: failedDays + (isNewDay ? 1 : 0), failedOn: today, nextInHours: dayHours };
}
