import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { createWebhookRunner, defaultWebhookRules, type WebhookRunner } from './modules/webhook/index.ts';
import { underLock } from './platform/advisory-lock.ts';

const pauseMilliseconds = 1_000;
/** For a whole request, as Standard Webhooks advises: 15 to 30 seconds. */
const patience = 15_000;
/** One number for "somebody tells other systems": two at once would tell everything twice. */
const webhookLock = 7_246_060;

async function sendAll(runner: WebhookRunner, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await runner.step(signal)) > 0);
}

/** Tells other systems of what is published, until told to stop: one process at a time, many systems at once. */
export async function runWebhookClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options } = parts;
  const { clock, log } = options;
  const runner = createWebhookRunner({
    db,
    clock,
    log,
    seal: await parts.seal(),
    post: { ...(options.webhooks ?? defaultWebhookRules), patience },
    exchangeUrl: options.exchangeUrl ?? null,
    chance: Math.random,
  });
  while (!signal.aborted) {
    await underLock(db, webhookLock, () => sendAll(runner, signal)).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, 'webhooks could not be sent, trying again');
    });
    await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  await runner.settled();
}
