import { type Actor, canActIn } from '../../../contracts/actor.ts';
import type { NewUrgentRelease } from '../../../contracts/review.ts';
import { AppError } from '../../platform/errors.ts';
import { barOf, type DecisionRefusal, isClosedToSome, requireNoRefusal } from './review.policy.ts';
import { type FormRefusal, nextPlace, type ReviewFacts } from './review.rules.ts';

/** Of a rule what the decision depends on. */
export interface UrgentAuthority {
  readonly unitId: string;
  readonly coversBelow: boolean;
  readonly accountIds: readonly string[];
}

/** The rule that holds in a unit: its own, else the nearest above that covers what is below. The line begins with the unit. */
export function ruleAlong<R extends UrgentAuthority>(
  line: readonly string[],
  rules: readonly R[],
): R | undefined {
  const byUnit = new Map(rules.map((rule) => [rule.unitId, rule]));
  return line
    .map((unitId) => byUnit.get(unitId))
    .find((rule) => rule?.unitId === line[0] || rule?.coversBelow === true);
}

export type UrgentRefusal = DecisionRefusal | 'review.urgent-not-authorised';

/**
 * Why somebody may not release this urgently, or null. Always in their own right: there is no seat for a delegate.
 * Whoever wrote on it never may, whatever else they are.
 */
export function urgentRefusal(
  review: ReviewFacts,
  actor: Actor,
  authority: UrgentAuthority | undefined,
): UrgentRefusal | null {
  if (!nextPlace(review, 'release-urgently')) return 'review.not-open';
  const isNamed = authority?.accountIds.includes(actor.id) === true;
  if (!isNamed || !canActIn(actor, review.unitId, 'principal')) return 'review.urgent-not-authorised';
  return barOf(review, [actor.id]) ?? (isWithheld(review) ? 'review.not-public' : null);
}

/** Throws when there is a refusal; else the authority there is. */
export function requireUrgentAuthority<R extends UrgentAuthority>(
  rule: R | undefined,
  refusal: UrgentRefusal | null,
  review: ReviewFacts,
): R {
  if (refusal !== null && refusal !== 'review.urgent-not-authorised') requireNoRefusal(review, refusal);
  if (refusal === null && rule) return rule;
  throw new AppError(
    'forbidden',
    'review.urgent-not-authorised',
    '只有运维人员为本单位授权的签发人本人可以紧急发布。',
  );
}

/** By what the author states: the signer states the same in the form. */
const isWithheld = (review: ReviewFacts): boolean =>
  isClosedToSome({ ...review, step: review.chain.length - 1 });

/** What the form itself lacks. */
export function urgentFormRefusal(
  review: ReviewFacts,
  { step, revisionDigest, reason }: Pick<NewUrgentRelease, 'step' | 'revisionDigest' | 'reason'>,
): FormRefusal | null {
  if (step !== review.step) return 'review.step-passed';
  if (revisionDigest !== review.revisionDigest.toString('hex')) return 'review.revision-changed';
  return reason.trim().length < 2 ? 'review.reason-missing' : null;
}

/** Who may release urgently is settled by the digital centre, like the chains. */
export function requireUrgentRuleKeeper(actor: Actor): void {
  if (actor.kind === 'system' || actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'review.operator-required', '只有运维人员可以设置紧急发布的授权。');
}

export function requireUrgentRuleReader(actor: Actor): void {
  if (actor.roles.includes('supervisor')) return;
  requireUrgentRuleKeeper(actor);
}
