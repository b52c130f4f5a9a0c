import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';

import type { SubscriptionTerms } from '../contracts/following.ts';
import { createSubscription, keyContext } from '../server/modules/following/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { performAs } from './factories/library.ts';
import { type Ask, type Attempt, nothing, only, type World } from './route-rules.ts';

const key = 'jiyue_0123456789_geheim';

interface TestPlatform {
  readonly address: string;
  readonly key: string;
  readonly instance: string;
}

/** Another platform, which answers who it is. Nothing waits for it to end. */
async function aPlatform(): Promise<TestPlatform> {
  const instance = randomUUID();
  const about = {
    instance,
    name: '上级平台',
    fullText: true,
    reach: 'r',
    types: [],
    units: [],
    columns: [],
  };
  const server = createServer((_request, response) => response.end(JSON.stringify(about)));
  server.listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  const place = server.address();
  const port = typeof place === 'object' && place ? place.port : 0;
  return { address: `http://127.0.0.1:${String(port)}`, key, instance };
}
const termsIn = ({ secret }: World): SubscriptionTerms => ({
  ...{ name: '上级平台', sourceTypes: null, sourceUnitIds: null, sourceColumnIds: null },
  ...{ unitId: secret.unit.id, rules: [], columnId: secret.columnId, mode: 'pending', mostItems: 100 },
});

/** One that is not asked, unless a platform that answers is given. */
async function aSubscription(
  world: World,
  at: TestPlatform = { address: 'http://127.0.0.1:9', key, instance: randomUUID() },
): Promise<string> {
  const operator = { ...systemActor('test'), roles: ['operator'] as const };
  const { id } = await performAs(world, operator)(createSubscription, {
    ...termsIn(world),
    address: at.address,
    about: { instance: at.instance, name: '上级平台', reach: 'r' },
    sealedKey: (await world.seal()).seal(keyContext(at.address), at.key),
  });
  return id;
}

const setAside = ({ db }: World, subscriptionId: string) =>
  db
    .insertInto('following.item')
    .values({
      ...{ subscription_id: subscriptionId, source_id: '7', state: 'set-aside', title: '某条', pass: 1 },
      ...{ updated_at: new Date(), set_aside_at: new Date(), retry_at: new Date() },
    })
    .execute();

const of = async (world: World, more: Omit<Ask, 'params'>): Promise<Ask> => ({
  params: { id: await aSubscription(world) },
  ...more,
});
const operators = only('operator');
const onlookers = only('operator', 'supervisor');

export const followingAttempts: readonly Attempt[] = [
  { endpoint: 'following.listSubscriptions', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'following.checkPlatform',
    what: 'of another district',
    rule: operators,
    ask: async () => {
      const { address } = await aPlatform();
      return { payload: { address, key } };
    },
  },
  {
    endpoint: 'following.readOffer',
    what: 'of the unit',
    rule: operators,
    ask: async (world) => ({ params: { id: await aSubscription(world, await aPlatform()) } }),
  },
  {
    endpoint: 'following.createSubscription',
    what: 'for the unit',
    rule: operators,
    ask: async (world) => {
      const { address } = await aPlatform();
      return { payload: { address, key, ...termsIn(world) } };
    },
  },
  {
    endpoint: 'following.changeSubscription',
    what: 'of the unit',
    rule: operators,
    ask: (world) => of(world, { payload: { expectedVersion: 1, ...termsIn(world), name: '市级平台' } }),
  },
  {
    endpoint: 'following.actOnSubscription',
    what: 'of the unit',
    rule: operators,
    ask: (world) => of(world, { payload: { expectedVersion: 1, act: 'pause' } }),
  },
  {
    endpoint: 'following.retryItems',
    what: 'of the unit',
    rule: operators,
    ask: async (world) => {
      const id = await aSubscription(world);
      await setAside(world, id);
      return { params: { id }, payload: { sourceId: '7' } };
    },
  },
  {
    endpoint: 'following.listItems',
    what: 'of the unit',
    rule: onlookers,
    ask: (world) => of(world, { query: { state: 'taken' } }),
  },
];
