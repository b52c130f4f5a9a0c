import type { NewAnswer, OpinionState, Stance } from '../../../contracts/opinion.ts';
import type { ReviewStep } from '../../../contracts/review-chain.ts';

/** What a review depends on of a question that it asked. */
export interface OpinionFacts {
  readonly step: number;
  readonly unitId: string;
  readonly state: OpinionState;
  readonly stance: Stance | null;
  readonly dueOn: string | null;
}

/** Its last day is over; until then the step waits. */
export function isOverdue({ state, dueOn }: Pick<OpinionFacts, 'state' | 'dueOn'>, today: string): boolean {
  return state === 'open' && dueOn !== null && dueOn < today;
}

/** Whether the step has to wait: only its own questions are ever open. */
export function isAwaited(opinions: readonly OpinionFacts[], today: string): boolean {
  return opinions.some((one) => one.state === 'open' && !isOverdue(one, today));
}

/** An answer stands on its revision, so also when the work went back and the step began again. */
export function isOpposedAt(step: number, opinions: readonly OpinionFacts[]): boolean {
  return opinions.some((one) => one.step === step && one.stance === 'oppose');
}

/**
 * Which units a step that begins asks by itself: those that the chain names, without the one whose work it is and
 * those that answered on this step already, since a review is of one revision.
 */
export function demandedUnits(
  step: ReviewStep & { readonly index: number },
  workUnitId: string,
  opinions: readonly OpinionFacts[],
): readonly string[] {
  const answered = opinions.filter((one) => one.step === step.index && one.state === 'answered');
  const spared = new Set([workUnitId, ...answered.map(({ unitId }) => unitId)]);
  return (step.opinionUnitIds ?? []).filter((id) => !spared.has(id));
}

/** Plain agreement needs no words, anything else does. */
export function lacksText({ stance, text = '' }: Pick<NewAnswer, 'stance' | 'text'>): boolean {
  return stance !== 'agree' && text.trim() === '';
}
