import { type Finding, type FindingReason, isReasonFor } from '../../../contracts/proofreading.ts';
import { holdingReasons } from './former-reasons.rules.ts';
import type { Checked, Explained, FormerReason } from './submission.types.ts';

/** What becomes of a text that is handed in. */
export type Verdict =
  | { readonly kind: 'blocked'; readonly findings: readonly Finding[] }
  | { readonly kind: 'too-many'; readonly findings: readonly Finding[] }
  | { readonly kind: 'unexplained'; readonly findings: readonly Finding[] }
  | { readonly kind: 'accepted'; readonly explained: readonly Explained[] };

/**
 * A reason counts for the finding at its place and for no other; reasons for what is not found any more say nothing.
 * What was explained when the work was handed in before is not asked again. A refusal lists all that is asked: nothing
 * of what was said with it is kept.
 */
export function judgeSubmission(
  { findings, heaviestLeftOut }: Pick<Checked, 'findings' | 'heaviestLeftOut'>,
  reasons: readonly FindingReason[],
  former: readonly FormerReason[],
): Verdict {
  const blocking = findings.filter((one) => one.severity === 'blocks');
  if (blocking.length > 0) return { kind: 'blocked', findings: blocking };
  // What is not told cannot be explained.
  if (heaviestLeftOut === 'needs-reason') return { kind: 'too-many', findings };
  const wanting = findings.filter((one) => one.severity === 'needs-reason');
  const holding = holdingReasons(wanting, former);
  const explained: Explained[] = [];
  const asked: Finding[] = [];
  for (const finding of wanting) {
    const given = reasons.find((one) => isReasonFor(one, finding));
    const before = holding.get(finding);
    if (given) explained.push({ finding, reason: given.reason.trim(), former: null });
    else if (before) explained.push({ finding, reason: before.reason, former: before });
    if (!before) asked.push(finding);
  }
  if (explained.length < wanting.length) return { kind: 'unexplained', findings: asked };
  return { kind: 'accepted', explained };
}
