import { openToAll } from '../../../contracts/library.ts';
import type {
  Decision,
  NewDecision,
  ReviewAction,
  ReviewState,
  ReviewStep,
} from '../../../contracts/review.ts';

/** An approval that counts. */
export interface Approval {
  readonly step: number;
  readonly by: string;
  readonly onBehalfOf: string | null;
}

/** Everything a decision depends on. */
export interface ReviewFacts {
  readonly state: ReviewState;
  readonly step: number;
  readonly chain: readonly ReviewStep[];
  /** After an urgent release, the last that is decided: the signature may stand already. Else the last of the chain. */
  readonly lastStep?: number | undefined;
  readonly unitId: string;
  readonly submittedBy: string;
  /** Everybody who wrote on what is reviewed, and who submitted it. */
  readonly authorIds: readonly string[];
  readonly approvals: readonly Approval[];
  /** Whose approval the step waits for, by name; null: whoever holds its role. */
  readonly waitingIds: readonly string[] | null;
  /** None of those is in use and holds the role any more: nobody could go on with it. */
  readonly isForsaken: boolean;
  /** Of those the ones who still could. */
  readonly ableIds: readonly string[] | null;
  /** Another unit was asked for its opinion and has time yet. */
  readonly awaitsOpinion: boolean;
  /** A unit that was asked on this step does not agree. */
  readonly isOpposed: boolean;
  /** 公开方式 as the reviewed revision states it. */
  readonly openMode: string | undefined;
  readonly revisionDigest: Buffer;
}

export interface ReviewPlace {
  readonly state: ReviewState;
  readonly step: number;
}

type StepPosition = 'only' | 'first' | 'inner' | 'last';
/** What an action is once it is known whether an approval is the last that its step waits for. */
export type ReviewAct =
  | 'join'
  | 'complete'
  /** The last approval of a step that waits for an opinion: nowhere in the table. */
  | 'complete-unheard'
  | Exclude<ReviewAction, 'approve'>
  | OpinionAct;
/** 会签: other units are asked, answer, and a question is taken back. */
export type OpinionAct = 'ask' | 'answer' | 'withdraw';
type Move =
  'stay' | 'next-step' | 'sign' | 'step-back' | 'give-back' | 'take-back' | 'release' | 'confirm' | 'contest';
type Moves = Readonly<Partial<Record<ReviewAct, Move>>>;

const hearing = { ask: 'stay', answer: 'stay', withdraw: 'stay' } as const;
const anywhere = {
  join: 'stay',
  return: 'give-back',
  recall: 'take-back',
  'release-urgently': 'release',
  ...hearing,
} as const;
/** 补审: it is out, so that there is no way back, and nobody is asked any more before it goes on. */
const afterwards = { join: 'stay', object: 'contest' } as const;
const nowhere = { only: {}, first: {}, inner: {}, last: {} } as const;

/** state × position of the step × act → move. What is not listed cannot happen. */
export const transitions: Readonly<Record<ReviewState, Readonly<Record<StepPosition, Moves>>>> = {
  open: {
    only: { ...anywhere, complete: 'sign' },
    first: { ...anywhere, complete: 'next-step' },
    inner: { ...anywhere, complete: 'next-step', 'send-back': 'step-back' },
    last: { ...anywhere, complete: 'sign', 'send-back': 'step-back' },
  },
  retrospective: {
    only: { ...afterwards, complete: 'confirm' },
    first: { ...afterwards, complete: 'next-step' },
    inner: { ...afterwards, complete: 'next-step' },
    last: { ...afterwards, complete: 'confirm' },
  },
  signed: nowhere,
  returned: nowhere,
  recalled: nowhere,
  confirmed: nowhere,
  objected: nowhere,
};

type Standing = Pick<ReviewFacts, 'state' | 'step' | 'chain' | 'lastStep'>;

const endOf = ({ chain, lastStep }: Standing): number => lastStep ?? chain.length - 1;

function positionOf(review: Standing): StepPosition {
  const end = endOf(review);
  if (end === 0) return 'only';
  if (review.step === 0) return 'first';
  return review.step === end ? 'last' : 'inner';
}

export function actOf(action: ReviewAction, completes: boolean, awaitsOpinion: boolean): ReviewAct {
  if (action !== 'approve') return action;
  if (!completes) return 'join';
  return awaitsOpinion ? 'complete-unheard' : 'complete';
}

/** Whether the approval of these people, the one who acts and in whose place, is the last that the step waits for. */
export function completesStep(
  { chain, step, ableIds }: Pick<ReviewFacts, 'chain' | 'step' | 'ableIds'>,
  people: readonly string[],
): boolean {
  return chain[step]?.quorum !== 'all' || (ableIds ?? []).every((id) => people.includes(id));
}

/** Where the review stands after the act; undefined when it is not possible there. `backTo` only for `send-back`. */
export function nextPlace(review: Standing, act: ReviewAct, backTo = 0): ReviewPlace | undefined {
  const { state, step } = review;
  if (step < 0 || step > endOf(review)) return undefined;
  const move = transitions[state][positionOf(review)][act];
  if (move === undefined) return undefined;
  if (move === 'step-back') return backTo >= 0 && backTo < step ? { state: 'open', step: backTo } : undefined;
  return { state: stateAfter[move] ?? state, step: move === 'next-step' ? step + 1 : step };
}

const stateAfter: Readonly<Partial<Record<Move, ReviewState>>> = {
  sign: 'signed',
  'give-back': 'returned',
  'take-back': 'recalled',
  release: 'retrospective',
  confirm: 'confirmed',
  contest: 'objected',
};

export function isSignature(review: Pick<ReviewFacts, 'step' | 'chain'>): boolean {
  return review.step === review.chain.length - 1;
}

/** Everybody who stands behind an approval that counts, whoever gave it. */
export function peopleBehind(approvals: readonly Approval[]): readonly string[] {
  return approvals.flatMap(({ by, onBehalfOf }) => (onBehalfOf === null ? [by] : [by, onBehalfOf]));
}

export interface PastDecision {
  readonly step: number;
  readonly outcome: Decision['outcome'];
  readonly backTo: number | null;
}

/**
 * The approvals that count: what was approved before the work went back to that step or an earlier one stands in
 * the history and nothing more. Decisions come in the order in which they were made.
 */
export function countingApprovals<D extends PastDecision>(decisions: readonly D[]): readonly D[] {
  let counting: D[] = [];
  for (const decision of decisions) {
    const { outcome, backTo } = decision;
    if (outcome === 'approved') counting.push(decision);
    if (outcome === 'sent-back') counting = counting.filter(({ step }) => step < (backTo ?? 0));
  }
  return counting;
}

/** Who stands behind the review and on which step: the approvals that count, and whoever released it urgently. */
export function standingBehind(
  decisions: readonly (PastDecision & { readonly decidedBy: string; readonly onBehalfOf: string | null })[],
): readonly Approval[] {
  return [...countingApprovals(decisions), ...decisions.filter(({ outcome }) => outcome === 'urgent')].map(
    ({ step, decidedBy, onBehalfOf }) => ({ step, by: decidedBy, onBehalfOf }),
  );
}

/** What the form itself lacks, once it is settled that this person may decide this step. */
export type FormRefusal =
  | 'review.step-passed'
  | 'review.revision-changed'
  | 'review.reason-missing'
  | 'review.no-earlier-step'
  | 'review.opposition-unanswered'
  | 'review.finding-contradicts';

export function formRefusal(review: ReviewFacts, decision: NewDecision): FormRefusal | null {
  if (decision.step !== review.step) return 'review.step-passed';
  if (decision.revisionDigest !== review.revisionDigest.toString('hex')) return 'review.revision-changed';
  if (decision.action !== 'approve') return givingBackRefusal(review, decision);
  if (review.isOpposed && lacksReason(decision)) return 'review.opposition-unanswered';
  const { assessment } = decision;
  const contradicts = assessment && assessment.openMode !== openToAll && review.state === 'retrospective';
  return contradicts ? 'review.finding-contradicts' : null;
}

const lacksReason = ({ reason = '' }: NewDecision): boolean => reason.trim().length < 2;

function givingBackRefusal(review: ReviewFacts, decision: NewDecision): FormRefusal | null {
  if (lacksReason(decision)) return 'review.reason-missing';
  if (decision.action !== 'send-back') return null;
  const { backTo } = decision;
  return backTo === undefined || backTo >= review.step ? 'review.no-earlier-step' : null;
}
