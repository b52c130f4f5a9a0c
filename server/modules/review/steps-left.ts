import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
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
  if (waiting.length > 0) return { step: row.step, lastStep, waitingIds: waiting };
  const isHalfDone = facts.approvals.some(({ step }) => step === row.step);
  const step = isHalfDone && row.step < lastStep ? row.step + 1 : row.step;
  return { step, lastStep, waitingIds: await settlePeople(ctx.db, beginningAt(step)) };
}
