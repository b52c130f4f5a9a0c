import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { composeMessage } from './compose-message.ts';
import {
  insertAttempt,
  nextMessage,
  pauseBySystem,
  storeEndpointOutcome,
  storeOutcome,
} from './delivery.queries.ts';
import { endpointById, endpointForUpdate, type EndpointRow } from './endpoint.queries.ts';
import { makeDue, type MessageRow } from './message.queries.ts';
import { type Posted, postMessage, type PostWishes } from './post-message.ts';
import { afterFailure, endsOutage } from './retry.rules.ts';
import { secretContext } from './seal-secret.ts';
import { secretsOf } from './secret.queries.ts';
import { signedHeaders } from './sign-message.ts';

export interface SenderParts {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  /** What secrets are encrypted with. */
  readonly seal: () => Promise<Seal>;
  readonly post: PostWishes;
  /** Where others reach the query API; null when the installation does not say. */
  readonly exchangeUrl: string | null;
  /** From 0 to 1, for the jitter of retries. */
  readonly chance: () => number;
}

/** Sends what is due next to an endpoint. False when there is nothing, or nothing more for now. */
export async function sendNext(
  parts: SenderParts,
  endpointId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, clock } = parts;
  const endpoint = await endpointById(db, endpointId);
  const message = endpoint && (await nextMessage(db, endpoint, clock()));
  if (!message) return false;
  const seal = await parts.seal();
  const secrets = (await secretsOf(db, endpointId, clock()))
    .map(({ sealed }) => openIfIntact(seal, endpointId, sealed))
    .filter((secret) => secret !== undefined);
  if (secrets.length === 0) {
    parts.log.error({ endpointId }, 'the secrets of a webhook cannot be opened with the key in data/keys');
    await pauseBySystem(db, endpointId, 'secret-lost', clock());
    if (message.position === null) await drop(parts, message);
    return false;
  }
  const composed = await composeMessage(db, endpoint, message, parts.exchangeUrl);
  if (!composed) {
    await drop(parts, message);
    return true;
  }
  const at = clock();
  const began = performance.now();
  const headers = signedHeaders({ ...composed, at }, secrets);
  const request = { url: endpoint.url, headers, body: composed.body };
  const posted = await postMessage(parts.post, request, { now: at, signal });
  const milliseconds = Math.round(performance.now() - began);
  const sent = { at, milliseconds, posted, told: { id: composed.id, type: composed.type } };
  await recordOutcome(parts, { endpoint, message, ...sent });
  return posted.problem === null;
}

/** It left the reach of the endpoint, or it can be signed by nobody: nothing is sent, and nothing is tried. */
async function drop({ db, clock }: SenderParts, message: MessageRow): Promise<void> {
  const now = clock();
  await storeOutcome(db, message, { state: 'dropped', tries: message.tries, dueAt: now, settledAt: now });
}

interface Sent {
  readonly endpoint: EndpointRow;
  readonly message: MessageRow;
  readonly at: Date;
  readonly milliseconds: number;
  readonly posted: Posted;
  readonly told: NonNullable<Parameters<typeof storeOutcome>[2]['told']>;
}

/**
 * One transaction after the request: whoever is killed before it sends again, so that nothing is lost. The endpoint is
 * locked before its messages, as everywhere.
 */
async function recordOutcome(parts: SenderParts, sent: Sent): Promise<void> {
  const { db, clock, log } = parts;
  const { message, at, milliseconds, posted, told } = sent;
  const now = clock();
  await db.transaction().execute(async (trx) => {
    const endpoint = await endpointForUpdate(trx, message.endpointId);
    if (!endpoint) return;
    const { status, problem, answer } = posted;
    await insertAttempt(trx, { messageId: message.id, at, milliseconds, status, problem, answer });
    // What the former address did is no trouble of the new one.
    if (problem !== null && endpoint.url !== sent.endpoint.url) return;
    if (problem === null) {
      await storeEndpointOutcome(trx, endpoint.id, { at, status, problem, failure: null });
      const tries = message.tries + 1;
      await storeOutcome(trx, message, { state: 'delivered', tries, dueAt: now, settledAt: now, told });
      // Whoever sent a test to see whether it works again, or was away for long, gets the rest at once.
      if (endsOutage(endpoint.failures) || message.position === null) await makeDue(trx, endpoint.id, now);
    } else {
      await recordFailure(trx, { ...sent, endpoint }, parts.chance(), now);
      log.warn({ endpointId: endpoint.id, messageId: message.id, status, problem }, 'a webhook failed');
    }
  });
}

async function recordFailure(db: Db, sent: Sent, chance: number, now: Date): Promise<void> {
  const { endpoint, message, at, posted, told } = sent;
  const { status, problem, retryAfter } = posted;
  const tries = message.tries + 1;
  const failingSince = endpoint.failingSince ?? at;
  const after = afterFailure({ tries, now, retryAfter, failingSince, chance });
  const isTest = message.position === null;
  const pause = status === 410 ? 'gone' : after.isHopeless ? 'failing' : null;
  await storeEndpointOutcome(db, endpoint.id, {
    at,
    status,
    problem,
    failure: { since: failingSince, heldUntil: after.heldUntil, pause },
  });
  // A test is for whoever looks at it now. What a pause keeps back is tried anew when it ends.
  const isOver = isTest || (pause === null && after.dueAt === null);
  await storeOutcome(db, message, {
    state: isTest ? 'dropped' : isOver ? 'dead' : 'waiting',
    tries: pause === null || isTest ? tries : 0,
    dueAt: after.dueAt ?? now,
    settledAt: isOver ? now : null,
    told,
  });
}

/** The secret; undefined when the key in data/keys is not the one that sealed it. */
function openIfIntact(seal: Seal, endpointId: string, sealed: Buffer): string | undefined {
  try {
    return seal.open(secretContext(endpointId), sealed);
  } catch {
    return undefined;
  }
}
