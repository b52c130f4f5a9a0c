import { type Finding, type FindingReason, isReasonFor } from '../../../contracts/proofreading.ts';
import type { Checked, Explained } from './submission.types.ts';

/** What becomes of a text that is handed in. */
export type Verdict =
  | { readonly kind: 'blocked'; readonly findings: readonly Finding[] }
  | { readonly kind: 'too-many'; readonly findings: readonly Finding[] }
  | { readonly kind: 'unexplained'; readonly findings: readonly Finding[] }
  | { readonly kind: 'accepted'; readonly explained: readonly Explained[] };

/** A reason counts for the finding at its place and for no other; reasons for what is not found any more say nothing. */
export function judgeSubmission(
  { findings, heaviestLeftOut }: Pick<Checked, 'findings' | 'heaviestLeftOut'>,
  reasons: readonly FindingReason[],
): Verdict {
  const blocking = findings.filter((one) => one.severity === 'blocks');
  if (blocking.length > 0) return { kind: 'blocked', findings: blocking };
  // What is not told cannot be explained.
  if (heaviestLeftOut === 'needs-reason') return { kind: 'too-many', findings };
  const explained: Explained[] = [];
  const unexplained: Finding[] = [];
  for (const finding of findings.filter((one) => one.severity === 'needs-reason')) {
    const given = reasons.find((one) => isReasonFor(one, finding));
    if (given) explained.push({ finding, reason: given.reason.trim() });
    else unexplained.push(finding);
  }
  if (unexplained.length > 0) return { kind: 'unexplained', findings: unexplained };
  return { kind: 'accepted', explained };
}
