import type { Finding } from '../../../contracts/proofreading.ts';
import { personalDataCheck } from './check-personal-data.ts';
import { findPersonalData } from './personal-data.rules.ts';
import { usualMasks } from './personal-mask.rules.ts';

/** What they tell is the description of a picture or an address: that stands in no part. */
const tellsMore: readonly string[] = ['pictures', 'links'];

/**
 * Findings are kept, so none of them tells personal data: what another check found where some stands is told by its mask,
 * and proposes nothing.
 */
export function maskFindings(
  told: readonly Finding[],
  all: readonly Finding[],
  today: string,
): readonly Finding[] {
  const personal = Map.groupBy(
    all.filter(({ check }) => check === personalDataCheck),
    ({ place }) => place.part,
  );
  return told.map((finding) => {
    if (finding.check === personalDataCheck) return finding;
    const { part, start, end } = finding.place;
    const data = personal.get(part)?.find(({ place }) => place.start < end && start < place.end);
    if (!data) return tellsMore.includes(finding.check) ? maskWords(finding, today) : finding;
    const message =
      finding.found === '' ? finding.message : finding.message.replaceAll(finding.found, data.found);
    return { ...finding, found: data.found, suggestion: null, message: message.slice(0, 300) };
  });
}

/** What stands in no part is looked through by itself. */
function maskWords(finding: Finding, today: string): Finding {
  const { found } = finding;
  let masked = found;
  for (const { start, end, suggestion } of findPersonalData(found, { today, masks: usualMasks }).toReversed())
    masked = masked.slice(0, start) + suggestion + masked.slice(end);
  if (masked === found) return finding;
  const message = finding.message.replaceAll(found, masked).slice(0, 300);
  return { ...finding, found: masked.slice(0, 200), suggestion: null, message };
}
