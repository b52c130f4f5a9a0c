import type { Webhook, WebhookMessage } from '../../../contracts/webhook.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { readChangeCursor } from '../exchange/index.ts';
import { feedHead, positionBefore } from '../library/index.ts';
import { presentMessage, presentWebhook } from './endpoint.presenter.ts';
import { changeEndpoint, type EndpointRow } from './endpoint.queries.ts';
import { insertPing, messageById, messageForUpdate, newestDead, sendAgain } from './message.queries.ts';
import { lockEndpoint, requireMessage } from './require-endpoint.ts';
import { requireWebhookKeeper } from './webhook.policy.ts';

/** A test, on the way of every other message, but before them and once. */
export const pingWebhook = defineCommand(
  'webhook.ping-webhook',
  (webhookId: string) => ({ kind: 'webhook', id: webhookId }),
  async (ctx, webhookId): Promise<WebhookMessage> => {
    requireWebhookKeeper(ctx.actor);
    const endpoint = await lockEndpoint(ctx, webhookId);
    return presentMessage(await insertPing(ctx.db, endpoint.id, ctx.now));
  },
);

/** One message once more, whatever became of it. */
export const replayMessage = defineCommand(
  'webhook.replay-message',
  (messageId: string) => ({ kind: 'webhook-message', id: messageId }),
  async (ctx, messageId): Promise<WebhookMessage> => {
    requireWebhookKeeper(ctx.actor);
    const { endpointId } = requireMessage(await messageById(ctx.db, messageId));
    // Endpoints are locked before their messages. Somebody looks now: nothing is held back.
    await changeEndpoint(ctx.db, await lockEndpoint(ctx, endpointId), { isFresh: true });
    const message = requireMessage(await messageForUpdate(ctx.db, messageId));
    return presentMessage(await sendAgain(ctx.db, message.id, ctx.now));
  },
);

export interface WebhookReplay {
  readonly webhookId: string;
  readonly deadLetters?: true | undefined;
  readonly since?: string | undefined;
  readonly after?: string | undefined;
}

/** All dead letters once more, or everything of the feed from a place on: bit by bit, as there is room among what waits. */
export const replayWebhook = defineCommand(
  'webhook.replay-webhook',
  ({ webhookId, ...what }: WebhookReplay) => ({ kind: 'webhook', id: webhookId, details: { ...what } }),
  async (ctx, { webhookId, ...what }): Promise<Webhook> => {
    requireWebhookKeeper(ctx.actor);
    if (Object.values(what).filter((one) => one !== undefined).length !== 1) {
      const message = '请选择一种重发方式：全部死信，或者从一个时间或游标开始。';
      throw new AppError('invalid', 'webhook.start-wrong', message);
    }
    const endpoint = await lockEndpoint(ctx, webhookId);
    if (what.deadLetters) {
      const deadAgainUntil = await newestDead(ctx.db, endpoint.id);
      const fresh = await changeEndpoint(ctx.db, endpoint, { deadAgainUntil, isFresh: true });
      return presentWebhook(ctx.db, fresh, ctx.now);
    }
    return presentWebhook(ctx.db, await goBack(ctx, endpoint, what), ctx.now);
  },
);

async function goBack(
  { db }: Ctx,
  endpoint: EndpointRow,
  { since, after }: Pick<WebhookReplay, 'since' | 'after'>,
): Promise<EndpointRow> {
  const start =
    after === undefined ? await positionBefore(db, new Date(since ?? '')) : readChangeCursor(after);
  if (BigInt(start) > BigInt(await feedHead(db))) {
    throw new AppError('invalid', 'webhook.start-wrong', '这个游标在变更序列之后。');
  }
  // What was not laid out yet is not skipped.
  const position = BigInt(start) < BigInt(endpoint.position) ? start : endpoint.position;
  return changeEndpoint(db, endpoint, { position, isFresh: true });
}
