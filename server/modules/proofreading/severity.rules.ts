import { type Finding, severities, type Severity } from '../../../contracts/proofreading.ts';

const weightOf = (severity: Severity): number => severities.indexOf(severity);

/** Whether the one weighs more than the other. */
export function severer(one: Severity, other: Severity): boolean {
  return weightOf(one) < weightOf(other);
}

export const byWeight = (one: Finding, other: Finding): number =>
  weightOf(one.severity) - weightOf(other.severity);
