import { type Finding, mostFindings, severities, type Severity } from '../../../contracts/proofreading.ts';

const weightOf = (severity: Severity): number => severities.indexOf(severity);

/** Whether the one weighs more than the other. */
export function severer(one: Severity, other: Severity): boolean {
  return weightOf(one) < weightOf(other);
}

export const byWeight = (one: Finding, other: Finding): number =>
  weightOf(one.severity) - weightOf(other.severity);

/** So many of one weight fill an answer; one more makes it say that something is left out. */
export const enough = mostFindings + 1;

/** The first of each weight, as many as can matter: what is light never stands before what is heavy. */
export function enoughOfEach<T>(found: readonly T[], severityOf: (one: T) => Severity): readonly T[] {
  const counts = new Map<Severity, number>();
  return found.filter((one) => {
    const count = (counts.get(severityOf(one)) ?? 0) + 1;
    counts.set(severityOf(one), count);
    return count <= enough;
  });
}
