import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { KeyTerms } from './exchange.ts';

export const webhookErrorCodes = [
  'webhook.operator-required',
  'webhook.overseer-required',
  'webhook.endpoint-not-found',
  'webhook.endpoint-changed',
  'webhook.message-not-found',
  'webhook.scope-unknown',
  'webhook.url-wrong',
  'webhook.url-not-https',
  'webhook.url-private',
  'webhook.reason-missing',
  'webhook.already-paused',
  'webhook.not-paused',
  'webhook.start-wrong',
  'webhook.too-many',
] as const;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>(
    Type.Union(
      values.map((value) => Type.Literal(value)),
      { description },
    ),
  );

/** Whom it tells, and of what: the reach is that of an access key. */
export const WebhookTerms = Closed({
  name: Type.String({ minLength: 2, maxLength: 60, description: 'Of the system that is told.' }),
  holder: KeyTerms.properties.holder,
  url: Type.String({ minLength: 8, maxLength: 2_000, description: 'Where requests are sent.' }),
  unitIds: KeyTerms.properties.unitIds,
  columnIds: KeyTerms.properties.columnIds,
  types: KeyTerms.properties.types,
});
export type WebhookTerms = Static<typeof WebhookTerms>;

export const webhookStates = ['active', 'failing', 'paused'] as const;
export type WebhookState = (typeof webhookStates)[number];
export const webhookStateNames: Readonly<Record<WebhookState, string>> = {
  active: '正常',
  failing: '送达失败，重试中',
  paused: '已暂停',
};

export const pauseCauses = ['person', 'failing', 'gone', 'secret-lost'] as const;
export type PauseCause = (typeof pauseCauses)[number];
export const pauseCauseNames: Readonly<Record<PauseCause, string>> = {
  person: '由运维人员暂停',
  failing: '连续三天没有送达，系统自动暂停',
  gone: '对方答复不再接收（410），系统自动暂停',
  'secret-lost': '签名密钥无法解开，请更换密钥后恢复',
};

export const attemptProblems = ['timeout', 'connection', 'private-address', 'scheme', 'status'] as const;
export type AttemptProblem = (typeof attemptProblems)[number];
export const attemptProblemNames: Readonly<Record<AttemptProblem, string>> = {
  timeout: '15 秒内没有答复',
  connection: '连接不上',
  'private-address': '地址在内网，不允许推送',
  scheme: '不是 https 地址，不允许推送',
  status: '对方没有接受',
};

const Problem = nullable(oneOf(attemptProblems, 'Why it failed; null when it did not.'));
const Status = nullable(Type.Integer({ description: 'HTTP status of the answer; null without one.' }));

export const Webhook = Closed({
  id: Id,
  ...WebhookTerms.properties,
  state: oneOf(webhookStates, 'failing: the last attempt failed, and it is tried again.'),
  pausedAt: nullable(Instant),
  pauseCause: nullable(oneOf(pauseCauses, 'Who or what paused it.')),
  pauseReason: nullable(Type.String()),
  failures: Type.Integer({ description: 'Attempts that failed since the last one that succeeded.' }),
  failingSince: nullable(Instant),
  nextAttemptAt: nullable(Instant),
  lastAttemptAt: nullable(Instant),
  lastStatus: Status,
  lastProblem: Problem,
  lastSuccessAt: nullable(Instant),
  waiting: Type.Integer({
    description: 'Messages that wait to be sent or sent again; at most some hundreds do at once.',
  }),
  dead: Type.Integer({ description: 'Dead letters; at most 1000 are counted.' }),
  isBehind: Type.Boolean({
    description:
      'True while changes of the feed were not looked at for it yet, or dead letters are still to be sent again.',
  }),
  previousSecretEndsAt: nullable(Instant),
  createdAt: Instant,
  createdByName: Type.String(),
  version: Type.Integer(),
});
export type Webhook = Static<typeof Webhook>;

export const WebhookWithSecret = Closed({
  webhook: Webhook,
  secret: Type.String({ description: 'What signatures are made with (whsec_…). It is shown this once.' }),
});
export type WebhookWithSecret = Static<typeof WebhookWithSecret>;

export const messageStates = ['waiting', 'delivered', 'dead', 'dropped'] as const;
export type MessageState = (typeof messageStates)[number];
export const messageStateNames: Readonly<Record<MessageState, string>> = {
  waiting: '等待',
  delivered: '已送达',
  dead: '死信',
  dropped: '不再发送',
};

/** What requests say they are. */
export const webhookEventTypes = [
  'resource.published',
  'resource.updated',
  'resource.withdrawn',
  'webhook.ping',
] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];
export const webhookEventNames: Readonly<Record<WebhookEventType, string>> = {
  'resource.published': '发布',
  'resource.updated': '更新',
  'resource.withdrawn': '撤下',
  'webhook.ping': '测试',
};

export const WebhookMessage = Closed({
  id: Id,
  state: oneOf(
    messageStates,
    'dead: given up after the last attempt; dropped: it left the reach before it was sent, or was a test that failed.',
  ),
  type: nullable(oneOf(webhookEventTypes, 'As the last request said; null before the first.')),
  resourceId: nullable(Id),
  cursor: nullable(Type.String({ description: 'Its place in the change feed; null for a test.' })),
  webhookId: nullable(Type.String({ description: 'As the last request said.' })),
  tries: Type.Integer(),
  dueAt: nullable(Instant),
  createdAt: Instant,
  settledAt: nullable(Instant),
});
export type WebhookMessage = Static<typeof WebhookMessage>;

export const WebhookAttempt = Closed({
  at: Instant,
  milliseconds: Type.Integer(),
  status: Status,
  problem: Problem,
  answer: nullable(Type.String({ description: 'The first characters of the answer.' })),
});
export type WebhookAttempt = Static<typeof WebhookAttempt>;

const ExpectedVersion = Type.Integer({ minimum: 1 });
const versioned = Closed({ expectedVersion: ExpectedVersion });

/** What operators do with the addresses of other systems, in the console. */
export const webhookApi = {
  listWebhooks: defineEndpoint({
    method: 'GET',
    path: '/api/webhooks',
    summary: 'The systems that are told of changes, newest first; for operators and supervisors.',
    access: 'signed-in',
    response: Type.Array(Webhook, { maxItems: 200 }),
  }),
  readWebhook: defineEndpoint({
    method: 'GET',
    path: '/api/webhooks/:id',
    summary: 'One of them, with its state.',
    access: 'signed-in',
    params: IdParams,
    response: Webhook,
  }),
  createWebhook: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks',
    summary: 'Tell a system of changes from now on. Its secret is in this answer and nowhere else.',
    access: 'signed-in',
    body: WebhookTerms,
    response: WebhookWithSecret,
    status: 201,
  }),
  changeWebhook: defineEndpoint({
    method: 'PUT',
    path: '/api/webhooks/:id',
    summary: 'Change where it is sent and how far it reaches. It holds from the next request on.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ expectedVersion: ExpectedVersion, ...WebhookTerms.properties }),
    response: Webhook,
  }),
  rotateWebhookSecret: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks/:id/secret',
    summary: 'Make a new secret. The one before signs beside it for the given hours.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      expectedVersion: ExpectedVersion,
      overlapHours: Type.Integer({ minimum: 0, maximum: 168 }),
    }),
    response: WebhookWithSecret,
  }),
  pauseWebhook: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks/:id/pause',
    summary: 'Send nothing until it is resumed. Nothing is lost meanwhile.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      expectedVersion: ExpectedVersion,
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    }),
    response: Webhook,
  }),
  resumeWebhook: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks/:id/resumption',
    summary: 'Go on where it stopped; what waits is sent at once, oldest first.',
    access: 'signed-in',
    params: IdParams,
    body: versioned,
    response: Webhook,
  }),
  pingWebhook: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks/:id/ping',
    summary: 'Send a test, also while it is paused. One that succeeds ends the wait for the next try.',
    access: 'signed-in',
    params: IdParams,
    response: WebhookMessage,
    status: 202,
  }),
  replayWebhook: defineEndpoint({
    method: 'POST',
    path: '/api/webhooks/:id/replay',
    summary:
      'Send again one of: all dead letters, all since an instant, all after a place in the change feed.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      deadLetters: Type.Optional(Type.Literal(true)),
      since: Type.Optional(Instant),
      after: Type.Optional(Type.String({ maxLength: 100, description: 'A cursor of the change feed.' })),
    }),
    response: Webhook,
  }),
  listWebhookMessages: defineEndpoint({
    method: 'GET',
    path: '/api/webhooks/:id/messages',
    summary: 'What it was told or is to be told, newest first.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({
      ...pagingQuery,
      state: Type.Optional(oneOf(messageStates, 'Only those in this state.')),
    }),
    response: Closed({
      items: Type.Array(WebhookMessage, { maxItems: 100 }),
      nextCursor: nullable(Type.String()),
    }),
  }),
  listWebhookAttempts: defineEndpoint({
    method: 'GET',
    path: '/api/webhook-messages/:id/attempts',
    summary: 'The requests of one message, newest first.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(WebhookAttempt, { maxItems: 50 }),
  }),
  replayWebhookMessage: defineEndpoint({
    method: 'POST',
    path: '/api/webhook-messages/:id/replay',
    summary: 'Send one message again, whether it was delivered or is a dead letter.',
    access: 'signed-in',
    params: IdParams,
    response: WebhookMessage,
  }),
} as const;
