import { setTimeout as sleep } from 'node:timers/promises';

import { isSomethingDue, readyEndpoints } from './delivery.queries.ts';
import { layOutChanges } from './lay-out-changes.ts';
import { forgetMessages } from './message.queries.ts';
import { sendNext, type SenderParts } from './send-messages.ts';

/** Requests under way at once: one to each endpoint, so that its order is kept, and not more than this to all. */
const mostLanes = 32;
/** After so many messages an endpoint lets others have its place. */
const messagesPerTurn = 50;
const lookMilliseconds = 500;
/** After trouble that is not the receiver's: the database was away. */
const brokenMilliseconds = 1_000;
const dayMilliseconds = 86_400_000;
const keptDays = { delivered: 30, dead: 180 };
const forgottenAtOnce = 1_000;
const forgetMilliseconds = 600_000;

export interface WebhookRunner {
  /** Whether there is anything to tell, or to forget. */
  isWanted(): Promise<boolean>;
  /** Starts what is due and looks again soon. Says how much is under way: 0 when all is quiet. */
  step(signal: AbortSignal): Promise<number>;
  /** When nothing is under way any more. */
  settled(): Promise<void>;
}

/** Tells other systems of changes. One process at a time does it; whatever it had under way when it died is sent again. */
export function createWebhookRunner(parts: SenderParts): WebhookRunner {
  const lanes = new Map<string, Promise<void>>();
  let forgetAt = 0;

  async function runLane(endpointId: string, signal: AbortSignal): Promise<void> {
    try {
      for (let sent = 0; sent < messagesPerTurn && !signal.aborted; sent += 1) {
        if (!(await sendNext(parts, endpointId, signal))) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      parts.log.warn({ err: error, endpointId }, 'a webhook was broken off, trying again');
      await sleep(brokenMilliseconds, undefined, { signal }).catch(() => undefined);
    } finally {
      lanes.delete(endpointId);
    }
  }

  async function forgetOld(now: Date): Promise<void> {
    if (performance.now() < forgetAt) return;
    const before = (days: number): Date => new Date(now.getTime() - days * dayMilliseconds);
    const limits = { delivered: before(keptDays.delivered), dead: before(keptDays.dead) };
    const forgotten = await forgetMessages(parts.db, limits, forgottenAtOnce);
    forgetAt = forgotten < forgottenAtOnce ? performance.now() + forgetMilliseconds : 0;
  }

  return {
    isWanted: async () => performance.now() >= forgetAt || isSomethingDue(parts.db, parts.clock()),
    step: async (signal) => {
      const now = parts.clock();
      const unfinished = await layOutChanges(parts.db, now);
      for (const id of await readyEndpoints(parts.db, now, [...lanes.keys()])) {
        if (lanes.size >= mostLanes) break;
        lanes.set(id, runLane(id, signal));
      }
      await forgetOld(now);
      if (lanes.size > 0) {
        const look = new AbortController();
        const pause = sleep(lookMilliseconds, undefined, { signal: AbortSignal.any([signal, look.signal]) });
        await Promise.race([pause.catch(() => undefined), ...lanes.values()]);
        look.abort();
      }
      return lanes.size + unfinished;
    },
    settled: async () => {
      await Promise.all(lanes.values());
    },
  };
}
