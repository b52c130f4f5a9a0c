import { type CheckStanding, checkStandings } from '../../../contracts/check-rule.ts';
import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import { standingKey, type Standings } from './check-standing.types.ts';

/** What protects people, signs of state and borders by law, and words that no government page may have. */
const protectedByLaw: ReadonlySet<string> = new Set([
  ...['id-number', 'bank-card', 'travel-document', 'mobile', 'landline', 'mail', 'address'].map((rule) =>
    standingKey('personal-data', rule),
  ),
  standingKey('pictures', 'emblem-not-approved'),
  standingKey('pictures', 'map-without-number'),
  standingKey('links', 'blocked-host'),
  standingKey('wording', 'advertising'),
]);

const weakerThanReason: ReadonlySet<CheckStanding> = new Set(['note', 'off']);

/** What operators may choose for a rule. */
export function choicesFor(check: string, rule: string): readonly CheckStanding[] {
  const floored = protectedByLaw.has(standingKey(check, rule));
  return checkStandings.filter((one) => !floored || !weakerThanReason.has(one));
}

/**
 * Findings as the district weighs them; those of rules that are off are left out. Findings of rule sets are as their sets
 * say, and a decision that falls below a rule's floor counts for nothing.
 */
export function weighFindings(findings: readonly Finding[], standings: Standings): readonly Finding[] {
  if (standings.size === 0) return findings;
  return findings.flatMap((finding): readonly Finding[] => {
    const standing = standings.get(standingKey(finding.check, finding.rule));
    if (standing === undefined || !choicesFor(finding.check, finding.rule).includes(standing))
      return [finding];
    return standing === 'off' ? [] : [withSeverity(finding, standing)];
  });
}

const withSeverity = (finding: Finding, severity: Severity): Finding => ({ ...finding, severity });
