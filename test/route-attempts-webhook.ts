import type { WebhookTerms } from '../contracts/webhook.ts';
import { pingWebhook } from '../server/modules/webhook/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { performAs } from './factories/library.ts';
import { aWebhook } from './factories/webhook.ts';
import { type Attempt, nothing, on, only, type World } from './route-rules.ts';

const keepers = only('operator');
const onlookers = only('operator', 'supervisor');
const terms = (name: string): WebhookTerms => ({
  name,
  holder: '测试单位',
  url: 'https://receiver.example.test/hooks',
  unitIds: null,
  columnIds: null,
  types: null,
});
const anEndpoint = async ({ db }: World): Promise<string> => (await aWebhook(db, terms('一个系统'))).id;
const aMessage = async (world: World): Promise<string> => {
  const operator = { ...systemActor('test'), roles: ['operator'] as const };
  const message = await performAs(world, operator)(pingWebhook, await anEndpoint(world));
  return message.id;
};
const versioned = (payload: object) => async (world: World) => ({
  params: { id: await anEndpoint(world) },
  payload: { expectedVersion: 1, ...payload },
});

export const webhookAttempts: readonly Attempt[] = [
  { endpoint: 'webhook.listWebhooks', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'webhook.readWebhook',
    what: 'of another system',
    rule: onlookers,
    ask: async (world) => on(await anEndpoint(world)),
  },
  {
    endpoint: 'webhook.createWebhook',
    what: 'of everything',
    rule: keepers,
    ask: () => ({ payload: terms('另一个系统') }),
  },
  {
    endpoint: 'webhook.changeWebhook',
    what: 'of another system',
    rule: keepers,
    ask: versioned(terms('改名的系统')),
  },
  {
    endpoint: 'webhook.rotateWebhookSecret',
    what: 'of another system',
    rule: keepers,
    ask: versioned({ overlapHours: 24 }),
  },
  {
    endpoint: 'webhook.pauseWebhook',
    what: 'of another system',
    rule: keepers,
    ask: versioned({ reason: '对方系统维护' }),
  },
  {
    endpoint: 'webhook.resumeWebhook',
    what: 'of a system that nobody waits for',
    rule: keepers,
    ask: async (world) => {
      const id = await anEndpoint(world);
      const paused = { paused_at: new Date(), pause_cause: 'failing' };
      await world.db.updateTable('webhook.endpoint').set(paused).where('id', '=', id).execute();
      return { params: { id }, payload: { expectedVersion: 1 } };
    },
  },
  {
    endpoint: 'webhook.pingWebhook',
    what: 'of another system',
    rule: keepers,
    ask: async (world) => on(await anEndpoint(world)),
  },
  {
    endpoint: 'webhook.replayWebhook',
    what: 'of another system',
    rule: keepers,
    ask: async (world) => ({ params: { id: await anEndpoint(world) }, payload: { deadLetters: true } }),
  },
  {
    endpoint: 'webhook.listWebhookMessages',
    what: 'of another system',
    rule: onlookers,
    ask: async (world) => on(await anEndpoint(world)),
  },
  {
    endpoint: 'webhook.listWebhookAttempts',
    what: 'of another system',
    rule: onlookers,
    ask: async (world) => on(await aMessage(world)),
  },
  {
    endpoint: 'webhook.replayWebhookMessage',
    what: 'of another system',
    rule: keepers,
    ask: async (world) => on(await aMessage(world)),
  },
];
