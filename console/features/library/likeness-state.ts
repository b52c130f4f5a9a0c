import type { LikenessQuery } from '../../../contracts/library.ts';
import { choiceIn, compact, idPattern, textIn } from '../../lib/search-text.ts';

export const leastChoices = ['80', '90', '95', '100'] as const;

/** Which pairs are shown, as the address has it. */
export interface LikenessState {
  readonly unitId?: string;
  readonly least?: (typeof leastChoices)[number];
}

export function readLikenessState(raw: Record<string, unknown>): LikenessState {
  return compact<LikenessState>({
    unitId: textIn(raw, 'unitId', idPattern),
    least: choiceIn(raw, 'least', leastChoices),
  });
}

export function likenessQuery({ least, ...rest }: LikenessState): LikenessQuery {
  return { ...rest, ...(least === undefined ? {} : { least: Number(least) }), limit: 30 };
}
