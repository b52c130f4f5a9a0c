import { choiceIn, compact } from '../../lib/search-text.ts';

const ways = ['page', 'column'] as const;
export const spans = ['30', '90', '366'] as const;
export type UsefulnessDays = (typeof spans)[number];
export const spanNames = { '30': '近 30 天', '90': '近 90 天', '366': '近一年' } as const;

export interface UsefulnessFilter {
  readonly by?: (typeof ways)[number];
  readonly days?: UsefulnessDays;
}

export function readUsefulnessFilter(raw: Record<string, unknown>): UsefulnessFilter {
  return compact<UsefulnessFilter>({ by: choiceIn(raw, 'by', ways), days: choiceIn(raw, 'days', spans) });
}
