import { type Ctx, defineCommand, type Command } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { accountsById } from '../identity/index.ts';
import { timesFor } from './begin-step.ts';
import { type CalledReview, calledForUpdate, noteCall, waitingCalls } from './call.queries.ts';
import { setTimes } from './change-review.queries.ts';
import { escalationPeople } from './escalate-step.ts';
import { noteReminders } from './reminder.queries.ts';
import { callsAt, type ClockKind, nextCall } from './step-times.rules.ts';

export interface ReviewCaller {
  readonly db: Db;
  readonly clock: () => Date;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

/** One transaction each, so that one that fails holds up no other. */
const atOnce = 100;

interface CallInput {
  readonly reviewId: string;
}
interface Called {
  readonly unitId: string | null;
  readonly kinds: readonly ClockKind[];
}

/** Reminds whoever a step asks, and escalates it: each once for each time that it runs. */
const callReview = defineCommand(
  'review.call-review',
  ({ reviewId }: CallInput, called: Called | undefined) => ({
    kind: 'review',
    id: reviewId,
    unitId: called?.unitId ?? null,
    details: { kinds: called?.kinds ?? [] },
  }),
  async (ctx, { reviewId }): Promise<Called> => {
    const review = await calledForUpdate(ctx.db, reviewId, ctx.now);
    return review ? call(ctx, review) : { unitId: null, kinds: [] };
  },
);

async function call({ db, now }: Ctx, review: CalledReview): Promise<Called> {
  const kinds = callsAt(review, now);
  const escalatedIds = kinds.includes('escalated') ? await escalationPeople(db, review) : undefined;
  const toNames = escalatedIds && (await namesOf(db, escalatedIds));
  const step = {
    reviewId: review.id,
    stepName: review.chain[review.step]?.name ?? '',
    stepSince: review.stepSince,
  };
  await noteReminders(
    db,
    step,
    kinds.map((kind) => (kind === 'escalated' ? { kind, toNames: toNames ?? '' } : { kind })),
    now,
  );
  await noteCall(db, review.id, { nextAt: nextCall(review, now), escalatedIds });
  return { unitId: review.unitId, kinds };
}

async function namesOf(db: Db, ids: readonly string[]): Promise<string> {
  const people = await accountsById(db, ids);
  return ids.map((id) => people.get(id)?.realName ?? '').join('、') || '没有可以报告的人员';
}

/** A step that began before time limits acted: its time is counted from now on, so that an upgrade makes nobody late. */
async function beginTimes({ db, clock }: ReviewCaller, id: string): Promise<void> {
  const now = clock();
  await db.transaction().execute(async (trx) => {
    const review = await calledForUpdate(trx, id, now);
    const step = review?.chain[review.step];
    if (step) await setTimes(trx, id, await timesFor(trx, step, now));
  });
}

export async function areReviewsToCall(db: Db, now: Date): Promise<boolean> {
  return (await waitingCalls(db, now, 1)).length > 0;
}

/** Does what is to be done about the time limits of steps, and says about how many. Done twice, it does nothing more. */
export async function callReviews(caller: ReviewCaller): Promise<number> {
  const waiting = await waitingCalls(caller.db, caller.clock(), atOnce);
  const failures: unknown[] = [];
  for (const { id, isTimed } of waiting) {
    const done = isTimed ? caller.performAsSystem(callReview, { reviewId: id }) : beginTimes(caller, id);
    await Promise.resolve(done).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return waiting.length;
}
