import { type Actor, roleNames } from '../../../contracts/actor.ts';
import { openToAll } from '../../../contracts/library.ts';
import type { ReviewAction } from '../../../contracts/review.ts';
import { AppError, type ErrorKind } from '../../platform/errors.ts';
import { type FormRefusal, isSignature, nextPlace, type ReviewFacts } from './review.rules.ts';

export type DecisionRefusal =
  | 'review.not-open'
  | 'review.not-submitter'
  | 'review.step-not-yours'
  | 'review.own-work'
  | 'review.reviewed-before'
  | 'review.not-public';

/**
 * Why the actor cannot do this now, or null. The only answer to that question: the commands ask it, and the
 * actions offered to the console are those it does not refuse.
 */
export function decisionRefusal(
  review: ReviewFacts,
  actor: Actor,
  action: ReviewAction,
): DecisionRefusal | null {
  const next = nextPlace(review, action);
  if (!next) return 'review.not-open';
  if (action === 'recall') return actor.id === review.submittedBy ? null : 'review.not-submitter';
  const role = review.chain[review.step]?.role;
  if (role === undefined || !actsAs(actor, review.unitId, role)) return 'review.step-not-yours';
  if (review.authorIds.includes(actor.id)) return 'review.own-work';
  if (review.deciderIds.includes(actor.id)) return 'review.reviewed-before';
  if (next.state === 'signed' && review.openMode !== openToAll) return 'review.not-public';
  return null;
}

/** Unit roles reach the own unit and those below it; a platform role reviews nothing. */
function actsAs(actor: Actor, unitId: string, role: 'reviewer' | 'principal'): boolean {
  return actor.roles.includes(role) && actor.scope.kind === 'units' && actor.scope.unitIds.includes(unitId);
}

const actions: readonly ReviewAction[] = ['approve', 'return', 'recall'];

export function offeredActions(review: ReviewFacts, actor: Actor): ReviewAction[] {
  return actions.filter((action) => decisionRefusal(review, actor, action) === null);
}

/** Why somebody who reviews in this unit cannot approve now; null for everybody else. */
export function expectedRefusal(review: ReviewFacts, actor: Actor): string | null {
  if (review.state !== 'open') return null;
  if (!actsAs(actor, review.unitId, 'reviewer') && !actsAs(actor, review.unitId, 'principal')) return null;
  const refusal = decisionRefusal(review, actor, 'approve');
  return refusal && sentences[refusal](review);
}

const kindOf: Readonly<Record<DecisionRefusal | FormRefusal, ErrorKind>> = {
  'review.not-open': 'conflict',
  'review.not-submitter': 'forbidden',
  'review.step-not-yours': 'forbidden',
  'review.own-work': 'forbidden',
  'review.reviewed-before': 'forbidden',
  'review.step-passed': 'conflict',
  'review.revision-changed': 'conflict',
  'review.reason-missing': 'invalid',
  'review.checks-missing': 'invalid',
  'review.not-public': 'invalid',
};

const endings = { open: '', signed: '已签发', returned: '已退回', recalled: '已被提交人撤回' } as const;

const sentences: Readonly<Record<DecisionRefusal | FormRefusal, (review: ReviewFacts) => string>> = {
  'review.not-open': ({ state }) => `这次审核已经结束（${endings[state]}），不能再办理。`,
  'review.not-submitter': () => '只有提交人可以撤回审核。',
  'review.step-not-yours': ({ chain, step }) => {
    const waiting = chain[step];
    return waiting ? `现在轮到${roleNames[waiting.role]}${waiting.name}。` : '现在没有待办理的环节。';
  },
  'review.own-work': () => '您是本稿作者，不能审核自己的稿件。',
  'review.reviewed-before': (review) =>
    `您已审过前一步，请由另一人${isSignature(review) ? '签发' : '审核'}。`,
  'review.step-passed': () => '这一步刚由他人办理，请刷新后再看。',
  'review.revision-changed': () => '您看到的不是送审的版本，请刷新后重新审核。',
  'review.reason-missing': () => '请写明退回原因（至少两个字），作者会看到。',
  'review.checks-missing': () => '请完成公开属性认定和保密审查后再通过。',
  'review.not-public': () => `只有“${openToAll}”的信息可以发布到网站；请退回作者修改公开方式。`,
};

/** Throws when there is a refusal. */
export function requireNoRefusal(review: ReviewFacts, refusal: DecisionRefusal | FormRefusal | null): void {
  if (refusal === null) return;
  throw new AppError(kindOf[refusal], refusal, sentences[refusal](review));
}
