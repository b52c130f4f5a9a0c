import { type Actor, canActIn } from '../../../contracts/actor.ts';
import type { Opinion } from '../../../contracts/opinion.ts';
import { AppError, type ErrorKind } from '../../platform/errors.ts';
import type { Desk, Seat } from './desk.types.ts';
import type { OpinionFacts } from './opinion.rules.ts';
import { barOf, decisionRefusal, seatsOf } from './review.policy.ts';
import { nextPlace, type OpinionAct, type ReviewFacts } from './review.rules.ts';

type OpinionRefusal =
  | 'review.not-open'
  | 'review.step-not-yours'
  | 'review.opinion-not-open'
  | 'review.opinion-not-yours'
  | 'review.opinion-not-withdrawable'
  | 'review.own-work'
  | 'review.reviewed-before';

interface Asked extends Pick<OpinionFacts, 'state' | 'unitId'> {
  readonly askedBy: string | null;
}

const isPossible = (review: ReviewFacts, act: OpinionAct): boolean => nextPlace(review, act) !== undefined;

/** Whoever may decide the step may ask; giving the work back is what all of them may. */
const mayDecide = (review: ReviewFacts, seat: Seat): boolean =>
  decisionRefusal(review, seat, 'return') === null;

export function askRefusal(review: ReviewFacts, seat: Seat): OpinionRefusal | null {
  if (!isPossible(review, 'ask')) return 'review.not-open';
  return mayDecide(review, seat) ? null : 'review.step-not-yours';
}

/**
 * Any one reviewer or principal of the unit answers, whom nothing bars from deciding and who did not ask: a second
 * voice is another's.
 */
export function answerRefusal(review: ReviewFacts, opinion: Asked, seat: Seat): OpinionRefusal | null {
  const { actor, onBehalfOf } = seat;
  const holder = onBehalfOf ?? actor;
  const isAsked =
    canActIn(holder, opinion.unitId, 'reviewer') || canActIn(holder, opinion.unitId, 'principal');
  const people = [actor.id, holder.id];
  if (!isAsked || people.some((id) => id === opinion.askedBy)) return 'review.opinion-not-yours';
  const bar = barOf(review, people);
  if (bar) return bar;
  return opinion.state === 'open' && isPossible(review, 'answer') ? null : 'review.opinion-not-open';
}

export function withdrawalRefusal(review: ReviewFacts, opinion: Asked, seat: Seat): OpinionRefusal | null {
  const isAsker = opinion.askedBy === seat.actor.id;
  if (!isAsker && !mayDecide(review, seat)) return 'review.opinion-not-withdrawable';
  return opinion.state === 'open' && isPossible(review, 'withdraw') ? null : 'review.opinion-not-open';
}

/** In their own right, else in the place of the first who delegated and could; undefined: not at all. */
export function askingSeat(review: ReviewFacts, desk: Desk): Seat | undefined {
  return seatsOf(desk).find((seat) => askRefusal(review, seat) === null);
}

export interface OpinionOffer {
  readonly actions: Opinion['actions'];
  readonly onBehalfOf: Actor | null;
}

const offered = { answer: answerRefusal, withdraw: withdrawalRefusal } as const;
const acts = ['answer', 'withdraw'] as const;

/** What somebody may do with a question: from their own seat if anything, else from the first that allows something. */
export function opinionOffer(review: ReviewFacts, opinion: Asked, desk: Desk): OpinionOffer {
  const offers = seatsOf(desk).map((seat) => ({
    onBehalfOf: seat.onBehalfOf,
    actions: acts.filter((act) => offered[act](review, opinion, seat) === null),
  }));
  return offers.find(({ actions }) => actions.length > 0) ?? { actions: [], onBehalfOf: null };
}

const refusals: Readonly<Record<OpinionRefusal, readonly [ErrorKind, string]>> = {
  'review.not-open': ['conflict', '这次审核已经结束或者已经紧急发布，不能再请其他单位会签。'],
  'review.step-not-yours': ['forbidden', '只有现在可以办理这一环节的人可以请其他单位会签。'],
  'review.opinion-not-open': ['conflict', '这次会签已经答复、撤回或者结束，请刷新后再看。'],
  'review.opinion-not-yours': ['forbidden', '只有被征求意见单位的审核员和签发人可以答复。'],
  'review.opinion-not-withdrawable': ['forbidden', '只有提出会签的人和可以办理这一环节的人可以撤回。'],
  'review.own-work': ['forbidden', '您或者委托您的人是本稿作者，不能代表其他单位会签。'],
  'review.reviewed-before': ['forbidden', '您或者委托您的人已审过本稿，请由另一人会签。'],
};

/** Throws when there is a refusal. */
export function requireNoOpinionRefusal(refusal: OpinionRefusal | null): void {
  if (refusal === null) return;
  const [kind, message] = refusals[refusal];
  throw new AppError(kind, refusal, message);
}
