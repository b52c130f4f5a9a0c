import type { CheckStanding } from '../../../contracts/check-rule.ts';

/** How built-in rules weigh today where that was decided, by `standingKey`. */
export type Standings = ReadonlyMap<string, CheckStanding>;

export const standingKey = (check: string, rule: string): string => `${check}/${rule}`;
