import { openToAll } from '../../../contracts/library.ts';
import type { NewDecision, ReviewAction, ReviewState, ReviewStep } from '../../../contracts/review.ts';

/** 三审 (rules R68): three steps, three different people. Stored with each review as it was when it began. */
export const defaultChain: readonly ReviewStep[] = [
  { key: 'first', name: '初审', role: 'reviewer' },
  { key: 'second', name: '复审', role: 'reviewer' },
  { key: 'signature', name: '签发', role: 'principal' },
];

/** Everything a decision depends on. */
export interface ReviewFacts {
  readonly state: ReviewState;
  readonly step: number;
  readonly chain: readonly ReviewStep[];
  readonly unitId: string;
  readonly submittedBy: string;
  /** Everybody who wrote on what is reviewed, and who submitted it. */
  readonly authorIds: readonly string[];
  /** Who decided the steps before. */
  readonly deciderIds: readonly string[];
  /** 公开方式 as the reviewed revision states it. */
  readonly openMode: string | undefined;
  readonly revisionDigest: Buffer;
}

export interface ReviewPlace {
  readonly state: ReviewState;
  readonly step: number;
}

type StepPosition = 'inner' | 'last';
type Move = 'next-step' | 'sign' | 'give-back' | 'take-back';
type Moves = Readonly<Partial<Record<ReviewAction, Move>>>;

/** state × position of the step × action → move. What is not listed cannot happen. */
export const transitions: Readonly<Record<ReviewState, Readonly<Record<StepPosition, Moves>>>> = {
  open: {
    inner: { approve: 'next-step', return: 'give-back', recall: 'take-back' },
    last: { approve: 'sign', return: 'give-back', recall: 'take-back' },
  },
  signed: { inner: {}, last: {} },
  returned: { inner: {}, last: {} },
  recalled: { inner: {}, last: {} },
};

/** Where the review stands after the action; undefined when the action is not possible there. */
export function nextPlace(
  review: Pick<ReviewFacts, 'state' | 'step' | 'chain'>,
  action: ReviewAction,
): ReviewPlace | undefined {
  const { state, step, chain } = review;
  if (step < 0 || step >= chain.length) return undefined;
  const move = transitions[state][step === chain.length - 1 ? 'last' : 'inner'][action];
  switch (move) {
    case undefined:
      return undefined;
    case 'next-step':
      return { state: 'open', step: step + 1 };
    case 'sign':
      return { state: 'signed', step };
    case 'give-back':
      return { state: 'returned', step };
    case 'take-back':
      return { state: 'recalled', step };
  }
}

export function isSignature(review: Pick<ReviewFacts, 'step' | 'chain'>): boolean {
  return review.step === review.chain.length - 1;
}

/** What the form itself lacks, once it is settled that this person may decide this step. */
export type FormRefusal =
  | 'review.step-passed'
  | 'review.revision-changed'
  | 'review.reason-missing'
  | 'review.checks-missing'
  | 'review.not-public';

export function formRefusal(review: ReviewFacts, decision: NewDecision): FormRefusal | null {
  if (decision.step !== review.step) return 'review.step-passed';
  if (decision.revisionDigest !== review.revisionDigest.toString('hex')) return 'review.revision-changed';
  if (decision.action === 'return') {
    return (decision.reason ?? '').trim().length < 2 ? 'review.reason-missing' : null;
  }
  // 公开属性认定 and 保密审查 are done at every step (rules R48).
  if (decision.opennessChecked !== true || decision.secrecyChecked !== true) return 'review.checks-missing';
  if (!isSignature(review)) return null;
  if (decision.openness === undefined) return 'review.checks-missing';
  return decision.openness === openToAll ? null : 'review.not-public';
}
