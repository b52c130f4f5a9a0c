import type { ReviewStep } from '../../../contracts/review-chain.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import { unitsById, unitsToday } from '../identity/index.ts';
import type { NextPlace } from './change-review.queries.ts';
import type { FoundReview } from './find-review.ts';
import { endOpenOpinions, insertOpinions, type OpinionRow } from './opinion.queries.ts';
import { demandedUnits } from './opinion.rules.ts';

interface BegunStep {
  readonly reviewId: string;
  readonly unitId: string;
  readonly chain: readonly ReviewStep[];
  readonly step: number;
}

const wentBack = '稿件已退回或者撤回，不再征求意见。';
const wentOut = '信息已经紧急发布，不再等待意见。';

/**
 * After every move of a review: what the step left open ends with it, and what the chain demands of the next is asked.
 * What went out urgently asks nobody any more, of itself neither.
 */
export async function followOpinions(
  ctx: Ctx,
  { row, opinions }: Pick<FoundReview, 'row' | 'opinions'>,
  next: Pick<NextPlace, 'state' | 'step'>,
): Promise<void> {
  const isOpen = next.state === 'open';
  if (isOpen && next.step === row.step) return;
  if (opinions.some(({ state }) => state === 'open')) {
    await endOpenOpinions(ctx.db, row.id, {
      ...endAt(next, row.step),
      by: ctx.actor,
      onBehalfOf: null,
      at: ctx.now,
    });
  }
  if (!isOpen) return;
  await demandOpinions(
    ctx,
    { reviewId: row.id, unitId: row.unitId, chain: row.chain, step: next.step },
    opinions,
  );
}

function endAt(next: Pick<NextPlace, 'state' | 'step'>, from: number) {
  if (next.state === 'retrospective') return { state: 'closed', reason: wentOut } as const;
  // A step goes on over an open question only when its day has passed.
  const goesOn = next.state === 'signed' || (next.state === 'open' && next.step > from);
  return goesOn
    ? ({ state: 'unanswered', reason: null } as const)
    : ({ state: 'closed', reason: wentBack } as const);
}

/** What the chain asks of other units when a step begins, of those that stand for them today. */
export async function demandOpinions(
  ctx: Ctx,
  { reviewId, unitId, chain, step: index }: BegunStep,
  earlier: readonly OpinionRow[] = [],
): Promise<void> {
  const step = chain[index];
  if (!step?.opinionUnitIds) return;
  const today = await unitsToday(ctx.db, step.opinionUnitIds);
  const asked = [...new Set(step.opinionUnitIds.map((id) => today.get(id) ?? id))];
  const wanted = demandedUnits({ ...step, opinionUnitIds: asked, index }, unitId, earlier);
  const units = await unitsById(ctx.db, wanted);
  // A unit that is gone without a successor can be asked nothing.
  const inBeing = wanted.flatMap((id) => units.get(id) ?? []).filter(({ closed }) => !closed);
  if (inBeing.length === 0) return;
  const dueOn = step.opinionDays === undefined ? null : await dueDay(ctx, step.opinionDays);
  await insertOpinions(
    ctx.db,
    inBeing.map(({ id, name }) => ({
      reviewId,
      step: index,
      stepName: step.name,
      unitId: id,
      unitName: name,
      question: `审核流程规定，${step.name}时征求贵单位意见。`,
      askedBy: null,
      askedByName: '审核流程',
      dueOn,
    })),
    ctx.now,
  );
}

/** Where the holidays of a year are not known no day is guessed: the step then waits for the answer. */
async function dueDay({ db, now }: Ctx, days: number): Promise<string | null> {
  return lastWorkingDay(await loadCalendar(db), dayInChina(now), days);
}
