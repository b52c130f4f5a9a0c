import { AppError } from '../../platform/errors.ts';
import { isItsOwn, unwritten } from './judge-fault.ts';
import { type FollowEngine, followActor } from './follow-engine.ts';
import type { Prepared } from './prepare-take.ts';
import { type ChangeBatch, takeChanges } from './take-changes.ts';

type Batch = Omit<ChangeBatch, 'mostSetAside' | 'unremoved'>;

/** When a batch cannot be written as a whole, it is written one by one: only the wrong one is refused or set aside. */
export async function takeSafely(engine: FollowEngine, batch: Batch): Promise<void> {
  try {
    await take(engine, batch);
  } catch (error) {
    if (batch.prepared.length + batch.removed.length === 0 || !isItsOwn(error)) throw error;
    const alone = { ...batch, prepared: [], removed: [], unchanged: [], reading: null };
    for (const one of batch.prepared) await takeAlone(engine, alone, one);
    for (const sourceId of batch.removed) await removeAlone(engine, alone, sourceId);
    await take(engine, { ...batch, prepared: [], removed: [] });
  }
}

const take = (engine: FollowEngine, batch: Omit<ChangeBatch, 'mostSetAside'>) =>
  engine.performAsSystem(
    takeChanges,
    { ...batch, mostSetAside: engine.limits.mostSetAside },
    { actor: followActor },
  );

async function takeAlone(engine: FollowEngine, alone: Batch, one: Prepared): Promise<void> {
  try {
    await take(engine, { ...alone, prepared: [one] });
  } catch (error) {
    const { sourceId, digest, mark, title, url, indexNumber } = one;
    note(engine, alone, sourceId, error);
    const isWrong = error instanceof AppError && error.kind === 'invalid';
    const left: Prepared = {
      ...{ sourceId, digest, mark, title, url, indexNumber },
      ...(isWrong
        ? { outcome: 'refuse', problem: { code: 'content-refused', message: error.message } }
        : { outcome: 'set-aside', problem: unwritten(error) }),
    };
    await take(engine, { ...alone, prepared: [left] });
  }
}

async function removeAlone(engine: FollowEngine, alone: Batch, sourceId: string): Promise<void> {
  try {
    await take(engine, { ...alone, removed: [sourceId] });
  } catch (error) {
    note(engine, alone, sourceId, error);
    const { message } = unwritten(error);
    await take(engine, {
      ...alone,
      unremoved: [{ sourceId, message: `对方已撤下，这里没有撤下：${message}` }],
    });
  }
}

/** Only what is the trouble of this one is its own; everything else is thrown on. */
function note({ log }: FollowEngine, { subscriptionId }: Batch, sourceId: string, error: unknown): void {
  if (!isItsOwn(error)) throw error;
  log.warn({ err: error, subscription: subscriptionId, source: sourceId }, 'a resource could not be written');
}
