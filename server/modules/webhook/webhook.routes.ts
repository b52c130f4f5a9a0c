import { webhookApi } from '../../../contracts/webhook.ts';
import type { Routes } from '../../platform/http.ts';
import { presentMessage, presentWebhook, presentWebhooks } from './endpoint.presenter.ts';
import { allEndpoints } from './endpoint.queries.ts';
import {
  changeWebhook,
  createWebhook,
  pauseWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  type WebhookSettings,
} from './keep-webhooks.ts';
import { attemptsOf, messageById, messagesOf } from './message.queries.ts';
import { pingWebhook, replayMessage, replayWebhook } from './replay-messages.ts';
import { requireEndpoint, requireMessage } from './require-endpoint.ts';
import { requireWebhookReader } from './webhook.policy.ts';

const mostAttempts = 50;
const usualLimit = 20;

/** The console's side: operators say whom to tell, see how it goes, and send again. */
export const webhookRoutes =
  (settings: WebhookSettings): Routes =>
  (mount, { perform, consult }) => {
    mount(webhookApi.listWebhooks, ({ caller }) =>
      consult(caller, 'webhook.list-webhooks', async ({ db, actor, now }) => {
        requireWebhookReader(actor);
        return presentWebhooks(db, await allEndpoints(db), now);
      }),
    );
    mount(webhookApi.readWebhook, ({ caller, params }) =>
      consult(caller, 'webhook.read-webhook', async ({ db, actor, now }) => {
        requireWebhookReader(actor);
        return presentWebhook(db, await requireEndpoint(db, params.id), now);
      }),
    );
    mount(webhookApi.createWebhook, ({ caller, body }) => perform(caller, createWebhook(settings), body));
    mount(webhookApi.changeWebhook, ({ caller, params, body }) =>
      perform(caller, changeWebhook(settings), { ...body, webhookId: params.id }),
    );
    mount(webhookApi.rotateWebhookSecret, ({ caller, params, body }) =>
      perform(caller, rotateWebhookSecret(settings), { ...body, webhookId: params.id }),
    );
    mount(webhookApi.pauseWebhook, ({ caller, params, body }) =>
      perform(caller, pauseWebhook, { ...body, webhookId: params.id }),
    );
    mount(webhookApi.resumeWebhook, ({ caller, params, body }) =>
      perform(caller, resumeWebhook, { ...body, webhookId: params.id }),
    );
    mount(webhookApi.pingWebhook, ({ caller, params }) => perform(caller, pingWebhook, params.id));
    mount(webhookApi.replayWebhook, ({ caller, params, body }) =>
      perform(caller, replayWebhook, { ...body, webhookId: params.id }),
    );
    mount(webhookApi.listWebhookMessages, ({ caller, params, query }) =>
      consult(caller, 'webhook.list-messages', async ({ db, actor }) => {
        requireWebhookReader(actor);
        const endpoint = await requireEndpoint(db, params.id);
        const limit = query.limit ?? usualLimit;
        const before = /^[1-9]\d{0,17}$/.exec(query.cursor ?? '')?.[0];
        const rows = await messagesOf(db, {
          endpointId: endpoint.id,
          state: query.state,
          before,
          limit: limit + 1,
        });
        const shown = rows.slice(0, limit);
        return {
          items: shown.map(presentMessage),
          nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
        };
      }),
    );
    mount(webhookApi.listWebhookAttempts, ({ caller, params }) =>
      consult(caller, 'webhook.list-attempts', async ({ db, actor }) => {
        requireWebhookReader(actor);
        const message = requireMessage(await messageById(db, params.id));
        const rows = await attemptsOf(db, message.id, mostAttempts);
        return rows.map(({ at, ...attempt }) => ({ at: at.toISOString(), ...attempt }));
      }),
    );
    mount(webhookApi.replayWebhookMessage, ({ caller, params }) => perform(caller, replayMessage, params.id));
  };
