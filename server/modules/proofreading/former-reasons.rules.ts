import { type Finding, occurrencesOf } from '../../../contracts/proofreading.ts';
import type { FormerReason } from './submission.types.ts';

/**
 * The reasons that still hold: for the same words, as often as before, at the same one of their places. Where the words
 * came once more or once less nobody can tell which of them was meant; of personal data, maps and emblems never.
 */
export function holdingReasons(
  findings: readonly Finding[],
  former: readonly FormerReason[],
): ReadonlyMap<Finding, FormerReason> {
  const named = former.filter(({ finding }) => isNamed(finding));
  const last = new Map(named.map((one) => [placeKey(one.finding), one]));
  const explained = [...last.values()].map(({ finding }) => finding);
  const byOccurrence = new Map<string, FormerReason>();
  for (const [finding, { alike, nth, count }] of occurrencesOf(inOrder(explained))) {
    const reason = last.get(placeKey(finding));
    if (reason) byOccurrence.set(`${alike}\n${String(nth)} ${String(count)}`, reason);
  }
  const holding = new Map<Finding, FormerReason>();
  for (const [finding, { alike, nth, count }] of occurrencesOf(findings)) {
    const reason = byOccurrence.get(`${alike}\n${String(nth)} ${String(count)}`);
    if (reason) holding.set(finding, reason);
  }
  return holding;
}

/** Of these the words do not say what was meant: a mask is that of many, and one description that of several pictures. */
const isNamed = ({ check, rule }: Finding): boolean =>
  check !== 'personal-data' && rule !== 'map-without-number' && rule !== 'emblem-not-approved';

const placeKey = ({ rule, found, place: { part, start, end } }: Finding): string =>
  [rule, part, start, end, found].join('\n');

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((one, other) => one.place.start - other.place.start);
