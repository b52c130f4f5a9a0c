import { isRunning, type NewDecision } from '../../../contracts/review.ts';
import type { Ctx } from '../../platform/context.ts';
import type { NextPlace } from './change-review.queries.ts';
import { timesFor } from './begin-step.ts';
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
  const act = actOf(decision.action, lacking.length === 0, facts.awaitsOpinion);
  const next = nextPlace(facts, act, decision.backTo);
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
  // What went out urgently is decided within the hours of its release.
  const times = next.state === 'open' ? await timesFor(ctx.db, step, ctx.now) : null;
  return { ...next, waitingIds, times };
}

/** Who else has to approve the step once this approval is given. */
async function lackingAfter(ctx: Ctx, { facts, row }: FoundReview, seat: Seat): Promise<readonly string[]> {
  const step = row.chain[row.step];
  if (step?.quorum !== 'all') return [];
  const holder = seat.onBehalfOf ?? seat.actor;
  const others = (facts.waitingIds ?? []).filter((id) => id !== holder.id);
  return ableAmong(ctx.db, { step, isLast: row.step === row.chain.length - 1, unitId: row.unitId }, others);
}
