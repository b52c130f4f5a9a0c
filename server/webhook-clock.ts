import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { createWebhookRunner, defaultWebhookRules } from './modules/webhook/index.ts';

/** For a whole request, as Standard Webhooks advises: 15 to 30 seconds. */
const patience = 15_000;
/** One number for "somebody tells other systems": two at once would tell everything twice. */
const webhookLock = 7_246_060;

/** Tells other systems of what is published, until told to stop: one process at a time, many systems at once. */
export function runWebhookClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, seal, options } = parts;
  const { clock, log } = options;
  const runner = createWebhookRunner({
    ...{ db, clock, log, seal },
    post: { ...(options.webhooks ?? defaultWebhookRules), patience },
    exchangeUrl: options.exchangeUrl ?? null,
    chance: Math.random,
  });
  return repeat(parts, signal, { trouble: 'webhooks could not be sent, trying again' }, () =>
    holdingLock(db, signal, {
      lock: webhookLock,
      isWanted: () => runner.isWanted(),
      act: async (working) => {
        try {
          return await runner.step(working);
        } catch (error) {
          // Whoever takes the lock next must not find requests of ours under way.
          await runner.settled();
          throw error;
        } finally {
          if (working.aborted) await runner.settled();
        }
      },
    }),
  );
}
