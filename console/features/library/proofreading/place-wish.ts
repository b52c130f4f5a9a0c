import type { Finding } from '../../../../contracts/finding.ts';
import { partPattern } from '../../../../contracts/finding.ts';
import { compact, textIn } from '../../../lib/search-text.ts';

/** Where somebody wants the text to open: at a finding that is told elsewhere. */
export interface PlaceWish {
  readonly part?: string;
  readonly at?: string;
  readonly rule?: string;
}

export function readPlaceWish(raw: Record<string, unknown>): PlaceWish {
  return compact<PlaceWish>({
    part: textIn(raw, 'part', new RegExp(partPattern)),
    at: textIn(raw, 'at', /^\d{1,9}$/),
    rule: textIn(raw, 'rule', /^.{1,120}$/),
  });
}

/** The finding that was meant, or the nearest of the same rule: the text may have moved since. */
export function wishedFinding(
  findings: readonly Finding[],
  { part, at, rule }: PlaceWish,
): Finding | undefined {
  const distance = ({ place }: Finding): number => Math.abs(place.start - Number(at ?? 0));
  return findings
    .filter((one) => one.rule === rule && one.place.part === part)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}
