import type { Webhook, WebhookMessage } from '../../../contracts/webhook.ts';
import type { Db } from '../../platform/db.ts';
import { writeChangeCursor } from '../exchange/index.ts';
import { feedHead } from '../library/index.ts';
import type { EndpointRow } from './endpoint.queries.ts';
import { countMessages, type MessageRow } from './message.queries.ts';
import { webhookStateOf } from './retry.rules.ts';
import { previousSecretEnds } from './secret.queries.ts';

const mostCounted = 1_000;
const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
const copied = <T>(list: readonly T[] | null): T[] | null => (list === null ? null : [...list]);

/** Endpoints as the console shows them, with how they do; never with their secrets. */
export async function presentWebhooks(
  db: Db,
  endpoints: readonly EndpointRow[],
  now: Date,
): Promise<Webhook[]> {
  const ids = endpoints.map((endpoint) => endpoint.id);
  const counts = await countMessages(db, ids, mostCounted);
  const previous = await previousSecretEnds(db, ids, now);
  const head = BigInt(await feedHead(db));
  return endpoints.map((endpoint) => ({
    id: endpoint.id,
    name: endpoint.name,
    holder: endpoint.holder,
    url: endpoint.url,
    unitIds: copied(endpoint.unitIds),
    columnIds: copied(endpoint.columnIds),
    types: copied(endpoint.types),
    state: webhookStateOf(endpoint),
    pausedAt: instant(endpoint.pausedAt),
    pauseCause: endpoint.pauseCause,
    pauseReason: endpoint.pauseReason,
    failures: endpoint.failures,
    failingSince: instant(endpoint.failingSince),
    nextAttemptAt: instant(endpoint.heldUntil),
    lastAttemptAt: instant(endpoint.lastAttemptAt),
    lastStatus: endpoint.lastStatus,
    lastProblem: endpoint.lastProblem,
    lastSuccessAt: instant(endpoint.lastSuccessAt),
    waiting: counts.get(endpoint.id)?.waiting ?? 0,
    dead: counts.get(endpoint.id)?.dead ?? 0,
    isBehind: BigInt(endpoint.position) < head || endpoint.deadAgainUntil !== null,
    previousSecretEndsAt: instant(previous.get(endpoint.id)),
    createdAt: endpoint.createdAt.toISOString(),
    createdByName: endpoint.createdByName,
    version: endpoint.version,
  }));
}

export async function presentWebhook(db: Db, endpoint: EndpointRow, now: Date): Promise<Webhook> {
  const [shown] = await presentWebhooks(db, [endpoint], now);
  if (!shown) throw new Error('one endpoint gives one answer');
  return shown;
}

export function presentMessage(message: MessageRow): WebhookMessage {
  return {
    id: message.id,
    state: message.state,
    type: message.position === null ? 'webhook.ping' : message.toldType,
    resourceId: message.resourceId,
    cursor: message.position === null ? null : writeChangeCursor(message.position),
    webhookId: message.toldId,
    tries: message.tries,
    dueAt: message.state === 'waiting' ? message.dueAt.toISOString() : null,
    createdAt: message.createdAt.toISOString(),
    settledAt: instant(message.settledAt),
  };
}
