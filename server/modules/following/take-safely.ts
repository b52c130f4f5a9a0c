import { isDatabaseLost } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { type FollowEngine, followActor } from './follow-engine.ts';
import type { Prepared } from './prepare-take.ts';
import { type ChangeBatch, takeChanges } from './take-changes.ts';

/** When a batch cannot be written as a whole, it is written one by one: only the wrong one is refused. */
export async function takeSafely(engine: FollowEngine, batch: ChangeBatch): Promise<void> {
  const take = (some: ChangeBatch) => engine.performAsSystem(takeChanges, some, { actor: followActor });
  try {
    await take(batch);
  } catch (error) {
    if (batch.prepared.length === 0 || !isItsOwn(error)) throw error;
    for (const one of batch.prepared) await takeAlone(engine, batch, one);
    await take({ ...batch, prepared: [] });
  }
}

async function takeAlone(engine: FollowEngine, batch: ChangeBatch, one: Prepared): Promise<void> {
  const { performAsSystem, log } = engine;
  const alone = { ...batch, removed: [], unchanged: [], reading: null };
  try {
    await performAsSystem(takeChanges, { ...alone, prepared: [one] }, { actor: followActor });
  } catch (error) {
    if (!isItsOwn(error)) throw error;
    log.warn(
      { err: error, subscription: batch.subscriptionId, source: one.sourceId },
      'a resource is refused',
    );
    const message = error instanceof AppError ? error.message : '系统没有能够写入这一条，已记录。';
    const { sourceId, digest, mark, title, url, indexNumber } = one;
    const refused: Prepared = {
      ...{ sourceId, digest, mark, title, url, indexNumber },
      outcome: 'refuse',
      problem: { code: 'content-refused', message },
    };
    await performAsSystem(takeChanges, { ...alone, prepared: [refused] }, { actor: followActor });
  }
}

/** Whether it is the trouble of what came, and neither of the database nor of the subscription. */
function isItsOwn(error: unknown): boolean {
  if (error instanceof AppError)
    return error.kind !== 'unavailable' && error.code !== 'following.too-many-items';
  return error instanceof Error && !isDatabaseLost(error);
}
