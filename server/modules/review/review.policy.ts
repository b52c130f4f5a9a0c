import { type Actor, canActIn, roleNames } from '../../../contracts/actor.ts';
import { openToAll } from '../../../contracts/library.ts';
import { isRunning, type ReviewAction } from '../../../contracts/review.ts';
import { AppError, type ErrorKind } from '../../platform/errors.ts';
import type { Desk, Seat } from './desk.types.ts';
import {
  actOf,
  completesStep,
  type FormRefusal,
  isSignature,
  nextPlace,
  peopleBehind,
  type ReviewFacts,
} from './review.rules.ts';

export type DecisionRefusal =
  | 'review.not-open'
  | 'review.not-submitter'
  | 'review.step-not-yours'
  | 'review.own-work'
  | 'review.reviewed-before'
  | 'review.asked-yourself'
  | 'review.no-earlier-step'
  | 'review.not-public'
  | 'review.opinions-open'
  | 'review.released-urgently'
  | 'review.not-released';

/**
 * Why this cannot be done now, or null. The only answer to that question: the commands ask it, and the actions
 * offered to the console are those it does not refuse. Of two who act as one, what bars either bars both, so that
 * no delegation lets anybody decide on their own work or stand behind two steps.
 */
export function decisionRefusal(
  review: ReviewFacts,
  seat: Seat,
  action: ReviewAction,
): DecisionRefusal | null {
  if (!isRunning(review.state)) return 'review.not-open';
  if (!nextPlace(review, actOf(action, true, false))) return misplaced(review, action);
  if (action === 'recall') return seat.actor.id === review.submittedBy ? null : 'review.not-submitter';
  return stepRefusal(review, seat, action);
}

function stepRefusal(review: ReviewFacts, seat: Seat, action: ReviewAction): DecisionRefusal | null {
  const holder = seat.onBehalfOf ?? seat.actor;
  // What is out cannot be given back: whoever frees it then decides.
  const frees = (action === 'return' || review.state === 'retrospective') && mayFree(review, holder);
  const refusal = seatRefusal(review, seat, frees);
  return refusal ?? (action === 'approve' ? approvalRefusal(review, seat) : null);
}

/** Why the step is not theirs to decide. Who `frees` a work that nobody is left to go on with need not be asked. */
function seatRefusal(
  review: ReviewFacts,
  { actor, onBehalfOf }: Seat,
  frees: boolean,
): DecisionRefusal | null {
  const holder = onBehalfOf ?? actor;
  if (!frees && !isAsked(review, holder)) return 'review.step-not-yours';
  const bar = barOf(review, [actor.id, holder.id]);
  if (bar) return bar;
  // Where all have to approve, it was settled when the step began who they are.
  const isPassedOver = !frees && review.waitingIds?.includes(holder.id) === false;
  return isPassedOver ? 'review.step-not-yours' : null;
}

/** What keeps an approval from counting though the step is theirs. */
function approvalRefusal(review: ReviewFacts, { actor, onBehalfOf }: Seat): DecisionRefusal | null {
  const { chain, step, waitingIds, awaitsOpinion } = review;
  // Where all have to approve, each says so: one act must not stand for two who are both asked.
  if (onBehalfOf && chain[step]?.quorum === 'all' && waitingIds?.includes(actor.id) === true)
    return 'review.asked-yourself';
  if (isClosedToSome(review)) return 'review.not-public';
  const completes = completesStep(review, [actor.id, (onBehalfOf ?? actor).id]);
  return nextPlace(review, actOf('approve', completes, awaitsOpinion)) ? null : 'review.opinions-open';
}

/** What is out cannot be taken back, and only to what is out somebody may object. */
function misplaced({ state }: ReviewFacts, action: ReviewAction): DecisionRefusal {
  if (state === 'retrospective') return 'review.released-urgently';
  return action === 'object' ? 'review.not-released' : 'review.no-earlier-step';
}

/** Where all whom a step waits for are gone, whoever holds its role over the unit may give the work back. */
function mayFree({ isForsaken, chain, step, unitId }: ReviewFacts, holder: Actor): boolean {
  const asked = chain[step];
  return isForsaken && asked !== undefined && canActIn(holder, unitId, asked.role);
}

/** At the signature, where it would go out. */
export function isClosedToSome(review: ReviewFacts): boolean {
  return isSignature(review) && review.openMode !== openToAll;
}

type Bar = 'review.own-work' | 'review.reviewed-before';

/** What keeps people from deciding whatever their roles: that it is their work, or that they decided already. */
export function barOf(review: ReviewFacts, people: readonly string[]): Bar | null {
  if (people.some((id) => review.authorIds.includes(id))) return 'review.own-work';
  const behind = peopleBehind(review.approvals);
  return people.some((id) => behind.includes(id)) ? 'review.reviewed-before' : null;
}

/** Holds the role of the step where it is asked for. Unit roles reach the own unit and those below it. */
function isAsked({ chain, step, unitId }: ReviewFacts, holder: Actor): boolean {
  const asked = chain[step];
  if (!asked) return false;
  // A named expert may be of any unit; the signature is the unit's own.
  if (asked.accountIds && step < chain.length - 1) {
    return asked.accountIds.includes(holder.id) && holder.roles.includes(asked.role);
  }
  if (asked.accountIds && !asked.accountIds.includes(holder.id)) return false;
  return canActIn(holder, asked.unitId ?? unitId, asked.role);
}

export const seatsOf = ({ actor, delegators }: Desk): readonly Seat[] => [
  { actor, onBehalfOf: null },
  ...delegators.map((onBehalfOf) => ({ actor, onBehalfOf })),
];

const actions: readonly ReviewAction[] = ['approve', 'return', 'send-back', 'recall', 'object'];

export interface Offer {
  readonly actions: ReviewAction[];
  readonly onBehalfOf: Actor | null;
}

/** What somebody may do: in their own right if they may decide so, else for the first who delegated and could. */
export function offerTo(review: ReviewFacts, desk: Desk): Offer {
  const offers = seatsOf(desk).map((seat) => ({
    onBehalfOf: seat.onBehalfOf,
    actions: actions.filter((action) => decisionRefusal(review, seat, action) === null),
  }));
  const own = { onBehalfOf: null, actions: offers[0]?.actions ?? [] };
  return offers.find((offer) => offer.actions.includes('return') || offer.actions.includes('object')) ?? own;
}

/** Why somebody who reviews in this unit cannot approve now; null for everybody else. */
export function expectedRefusal(review: ReviewFacts, desk: Desk): string | null {
  if (!isRunning(review.state)) return null;
  const { onBehalfOf } = offerTo(review, desk);
  const reviews = [desk.actor, ...desk.delegators].some(
    (one) => canActIn(one, review.unitId, 'reviewer') || canActIn(one, review.unitId, 'principal'),
  );
  if (!reviews) return null;
  const refusal = decisionRefusal(review, { actor: desk.actor, onBehalfOf }, 'approve');
  return refusal && sentences[refusal](review, onBehalfOf);
}

/** The actor's own seat, or that of somebody who delegated to them, by the id that was sent. */
export function findSeat(desk: Desk, onBehalfOf: string | undefined): Seat | undefined {
  return seatsOf(desk).find((seat) => seat.onBehalfOf?.id === onBehalfOf);
}

export function seatFor(desk: Desk, onBehalfOf: string | undefined): Seat {
  const seat = findSeat(desk, onBehalfOf);
  if (seat) return seat;
  throw new AppError('forbidden', 'review.not-your-delegation', '此人现在没有委托您代为审核。');
}

const kindOf: Readonly<Record<DecisionRefusal | FormRefusal, ErrorKind>> = {
  'review.not-open': 'conflict',
  'review.not-submitter': 'forbidden',
  'review.step-not-yours': 'forbidden',
  'review.own-work': 'forbidden',
  'review.reviewed-before': 'forbidden',
  'review.asked-yourself': 'forbidden',
  'review.step-passed': 'conflict',
  'review.revision-changed': 'conflict',
  'review.reason-missing': 'invalid',
  'review.no-earlier-step': 'invalid',
  'review.not-public': 'invalid',
  'review.opinions-open': 'conflict',
  'review.opposition-unanswered': 'invalid',
  'review.released-urgently': 'conflict',
  'review.not-released': 'conflict',
  'review.finding-contradicts': 'invalid',
};

const endings = {
  open: '',
  retrospective: '',
  signed: '已签发',
  returned: '已退回',
  recalled: '已被提交人撤回',
  confirmed: '已补审',
  objected: '补审未通过',
} as const;

const sentences: Readonly<
  Record<DecisionRefusal | FormRefusal, (review: ReviewFacts, onBehalfOf: Actor | null) => string>
> = {
  'review.not-open': ({ state }) => `这次审核已经结束（${endings[state]}），不能再办理。`,
  'review.not-submitter': () => '只有提交人可以撤回审核。',
  'review.step-not-yours': ({ chain, step }) => {
    const waiting = chain[step];
    if (!waiting) return '现在没有待办理的环节。';
    return waiting.accountIds || waiting.unitId !== undefined
      ? `现在轮到指定的人员${waiting.name}。`
      : `现在轮到${roleNames[waiting.role]}${waiting.name}。`;
  },
  'review.own-work': (_review, onBehalfOf) =>
    onBehalfOf
      ? `您或委托您的${onBehalfOf.name}是本稿作者，不能审核自己的稿件。`
      : '您是本稿作者，不能审核自己的稿件。',
  'review.reviewed-before': (review, onBehalfOf) =>
    `${onBehalfOf ? `您或委托您的${onBehalfOf.name}` : '您'}已审过前一步，请由另一人${isSignature(review) ? '签发' : '审核'}。`,
  'review.asked-yourself': (_review, onBehalfOf) =>
    `这一步也要您本人的意见，一个人的意见不能算作两人的：请以本人名义办理，${onBehalfOf?.name ?? '委托人'}的意见由其本人或者委托另一人办理。`,
  'review.step-passed': () => '这一步刚由他人办理，请刷新后再看。',
  'review.revision-changed': () => '您看到的不是送审的版本，请刷新后重新审核。',
  'review.reason-missing': () => '请写明退回原因（至少两个字），作者会看到。',
  'review.no-earlier-step': () => '只能退回到比当前更早的环节。',
  'review.not-public': () => `只有“${openToAll}”的信息可以发布到网站；请退回作者修改公开方式。`,
  'review.opinions-open': () => '正在等待其他单位会签：答复、撤回或者逾期以后才能通过。',
  'review.opposition-unanswered': () =>
    '有单位会签不同意，请写明继续办理的理由（至少两个字），理由会留存备查。',
  'review.released-urgently': () =>
    '信息已经紧急发布，不能再撤回审核或者退回；有错误的，请在补审中提出，并更正或者撤下。',
  'review.not-released': () => '稿件还没有发布；不同意的请退回。',
  'review.finding-contradicts': () =>
    `信息已经公开，不能在同意的同时认定为不主动公开；不应公开的，请选“补审不通过”。`,
};

/** Throws when there is a refusal. */
export function requireNoRefusal(
  review: ReviewFacts,
  refusal: DecisionRefusal | FormRefusal | null,
  onBehalfOf: Actor | null = null,
): void {
  if (refusal === null) return;
  throw new AppError(kindOf[refusal], refusal, sentences[refusal](review, onBehalfOf));
}
