import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { type StepPeople, stepsLeftOver } from './chain.rules.ts';
import type { FoundReview } from './find-review.ts';
import type { StepsLeft } from './retrospective.queries.ts';
import { peopleBehind } from './review.rules.ts';
import { ableAmong, type BeginningStep, findPeople, settlePeople } from './settle-people.ts';

/**
 * What others decide after an urgent release by the actor: the steps from the one that waits. For the last step, which
 * is a signature, the urgent one stands where nobody else of the unit could give it.
 */
export async function stepsLeft(ctx: Ctx, found: FoundReview): Promise<StepsLeft> {
  const { facts, row } = found;
  const barredIds = [...facts.authorIds, ...peopleBehind(facts.approvals), ctx.actor.id];
  const beginningAt = (index: number): BeginningStep => {
    const step = row.chain[index];
    if (!step) throw new Error(`review ${row.id} has no step ${String(index)}`);
    return { step, isLast: index === row.chain.length - 1, unitId: row.unitId, barredIds };
  };
  const end = row.chain.length - 1;
  const isSignedByOthers = (await findPeople(ctx.db, beginningAt(end))).length > 0;
  const lastStep = isSignedByOthers ? end : end - 1;
  if (row.step > lastStep) {
    throw new AppError(
      'conflict',
      'review.urgent-needless',
      '前面的环节都已办完，没有其他人可以补审，请直接签发。',
    );
  }
  // Of a running step that asks people by name, those remain who have not approved yet.
  const asked = beginningAt(row.step);
  const waiting =
    row.waitingIds === null
      ? []
      : (await ableAmong(ctx.db, asked, row.waitingIds)).filter((id) => !barredIds.includes(id));
  const isHalfDone = facts.approvals.some(({ step }) => step === row.step);
  const isDone = waiting.length === 0 && isHalfDone && row.step < lastStep;
  const step = isDone ? row.step + 1 : row.step;
  const waitingIds = waiting.length > 0 ? waiting : await settlePeople(ctx.db, beginningAt(step));
  return requireFinishable(ctx, { step, lastStep, waitingIds }, beginningAt);
}

/**
 * Nobody can give it back any more, so that each step has to have somebody who decides no other one. Where that fails for
 * the signature alone, the urgent one stands for it.
 */
async function requireFinishable(
  { db }: Ctx,
  left: StepsLeft,
  beginningAt: (index: number) => BeginningStep,
): Promise<StepsLeft> {
  const steps: StepPeople[] = [];
  for (let index = left.step; index <= left.lastStep; index += 1) {
    const beginning = beginningAt(index);
    const running = index === left.step ? left.waitingIds : null;
    steps.push({
      people: running ?? (await findPeople(db, beginning)),
      isAll: beginning.step.quorum === 'all',
    });
  }
  if (stepsLeftOver(steps).length === 0) return left;
  const isLast = beginningAt(left.lastStep).isLast;
  if (isLast && steps.length > 1 && stepsLeftOver(steps.slice(0, -1)).length === 0)
    return { ...left, lastStep: left.lastStep - 1 };
  const [lacking = 0] = stepsLeftOver(steps);
  throw new AppError(
    'conflict',
    'review.step-without-people',
    `“${beginningAt(left.step + lacking).step.name}”没有可以补审的人员（一人只办一个环节，您和作者不能补审），不能紧急发布。`,
  );
}
