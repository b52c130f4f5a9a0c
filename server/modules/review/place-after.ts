import { isRunning, type NewDecision } from '../../../contracts/review.ts';
import type { Ctx } from '../../platform/context.ts';
import type { NextPlace } from './change-review.queries.ts';
import type { FoundReview } from './find-review.ts';
import type { Seat } from './desk.types.ts';
import { actOf, nextPlace, peopleBehind } from './review.rules.ts';
import { ableAmong, settlePeople } from './settle-people.ts';

/** Where a decision that nothing forbids leads, and whom that step then waits for. */
export async function placeAfter(
  ctx: Ctx,
  found: FoundReview,
  seat: Seat,
  decision: NewDecision,
): Promise<NextPlace> {
  const { facts, row } = found;
  const lacking = decision.action === 'approve' ? await lackingAfter(ctx, found, seat) : [];
  const next = nextPlace(facts, actOf(decision.action, lacking.length === 0), decision.backTo);
  if (!next) throw new Error(`review ${row.id} allowed an action that leads nowhere`);
  if (!isRunning(next.state)) return { ...next, waitingIds: null };
  if (next.step === row.step) return { ...next, waitingIds: lacking };
  const kept = facts.approvals.filter(({ step }) => step < next.step);
  const given =
    decision.action === 'approve'
      ? [{ step: row.step, by: ctx.actor.id, onBehalfOf: seat.onBehalfOf?.id ?? null }]
      : [];
  const step = row.chain[next.step];
  if (!step) throw new Error(`review ${row.id} has no step ${String(next.step)}`);
  const waitingIds = await settlePeople(ctx.db, {
    step,
    isLast: next.step === row.chain.length - 1,
    unitId: row.unitId,
    barredIds: [...facts.authorIds, ...peopleBehind([...kept, ...given])],
  });
  return { ...next, waitingIds };
}

/** Who else has to approve the step once this approval is given. */
async function lackingAfter(ctx: Ctx, { facts, row }: FoundReview, seat: Seat): Promise<readonly string[]> {
  const step = row.chain[row.step];
  if (step?.quorum !== 'all') return [];
  const gone = [seat.actor.id, seat.onBehalfOf?.id];
  const others = (facts.waitingIds ?? []).filter((id) => !gone.includes(id));
  return ableAmong(ctx.db, { step, isLast: row.step === row.chain.length - 1, unitId: row.unitId }, others);
}
