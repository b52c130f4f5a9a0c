import type { Finding } from '../../../contracts/proofreading.ts';
import { personalDataCheck } from './check-personal-data.ts';

/**
 * Findings are kept, so none of them tells personal data: what another check found where some stands is told by its mask,
 * and proposes nothing.
 */
export function maskFindings(told: readonly Finding[], all: readonly Finding[]): readonly Finding[] {
  const personal = Map.groupBy(
    all.filter(({ check }) => check === personalDataCheck),
    ({ place }) => place.part,
  );
  return told.map((finding) => {
    if (finding.check === personalDataCheck) return finding;
    const { part, start, end } = finding.place;
    const data = personal.get(part)?.find(({ place }) => place.start < end && start < place.end);
    if (!data) return finding;
    const message =
      finding.found === '' ? finding.message : finding.message.replaceAll(finding.found, data.found);
    return { ...finding, found: data.found, suggestion: null, message: message.slice(0, 300) };
  });
}
