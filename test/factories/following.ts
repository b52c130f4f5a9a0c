import { createServer, type RequestListener } from 'node:http';

import { type SubscriptionTerms } from '../../contracts/following.ts';
import {
  createFollower,
  createSubscription,
  type Follower,
  type FollowLimits,
  keyContext,
  usualLimits,
} from '../../server/modules/following/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { instanceOf } from '../../server/platform/instance.ts';
import { listenOn } from '../../server/platform/listen.ts';
import type { ColumnRow } from '../../server/modules/sites/index.ts';
import type { TestDatabase } from '../harness.ts';
import type { TestSystem } from '../system.ts';
import { aKey, openExchange, type TestExchange } from './exchange.ts';
import { aColumn, aDistrict, aStage, type Stage, type TestDistrict } from './sites.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One installation of the platform: its district, its exchange on a port, and whatever follows others. */
export interface Platform {
  readonly db: Db;
  readonly stage: Stage;
  readonly district: TestDistrict;
  readonly column: ColumnRow;
  readonly exchange: TestExchange;
  readonly address: string;
  readonly instance: string;
  readonly follower: Follower;
  /** Time goes on for the follower, so that nobody rests. */
  readonly clock: { ahead: number };
  /** Where the follower's patience ends; a test may shorten it. */
  readonly limits: Writable<FollowLimits>;
  readonly system: TestSystem;
}

export async function aPlatform(database: TestDatabase, system: TestSystem): Promise<Platform> {
  const { db } = database;
  const stage = aStage(db);
  const district = await aDistrict(stage);
  const column = await aColumn(stage, { site: district.portal, name: '通知公告' });
  const exchange = openExchange(system);
  const address = await exchange.app.listen({ host: '127.0.0.1', port: 0 });
  const { parts } = system;
  const clock = { ahead: 0 };
  const limits = { ...usualLimits };
  const now = (): Date => new Date(Date.now() + clock.ahead);
  const follower = createFollower({
    ...{ db, assets: parts.assets, scanner: undefined, seal: parts.seal, log: parts.options.log },
    uploadBytes: parts.options.uploadBytes,
    clock: now,
    performAsSystem: (command, input, as) => parts.performAsSystem(command, input, { ...as, at: now() }),
    allowPrivate: true,
    limits,
  });
  const instance = await instanceOf(db);
  return { ...{ db, stage, district, column, exchange, address, instance, follower, clock, limits, system } };
}

export const someTerms = (
  platform: Platform,
  wishes: Partial<SubscriptionTerms> = {},
): SubscriptionTerms => ({
  name: '上级平台',
  sourceTypes: null,
  sourceUnitIds: null,
  sourceColumnIds: null,
  unitId: platform.district.office.id,
  rules: [],
  columnId: platform.column.id,
  mode: 'reviewed',
  mostItems: 1_000,
  ...wishes,
});

/** `here` follows what is at the address from now on. */
export async function aSubscription(
  here: Platform,
  at: { readonly address: string; readonly instance: string; readonly key: string },
  wishes: Partial<SubscriptionTerms> = {},
): Promise<string> {
  const actor = { ...systemActor('test'), roles: ['operator'] as const };
  const { id } = await here.stage.perform(actor, createSubscription, {
    ...someTerms(here, wishes),
    address: at.address,
    about: { instance: at.instance, name: '上级平台', reach: 'unasked' },
    sealedKey: (await here.system.parts.seal()).seal(keyContext(at.address), at.key),
  });
  return id;
}

/** `here` follows `there` with a key that sees everything. */
export async function follow(
  here: Platform,
  there: Platform,
  wishes: Partial<SubscriptionTerms> = {},
): Promise<string> {
  const { address, instance, db } = there;
  return aSubscription(here, { address, instance, key: (await aKey(db)).secret }, wishes);
}

/** Everything that there is to do now, as the worker's clock does it. */
export async function catchUp({ follower, clock }: Platform): Promise<void> {
  clock.ahead += 3_600_000;
  for (const signal = new AbortController().signal; (await follower.step(signal)) > 0;);
}

/** A server that answers as it is told. */
export async function aListener(
  listener: RequestListener,
): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer(listener);
  await listenOn(server, { port: 0, host: '127.0.0.1' });
  const place = server.address();
  const port = typeof place === 'object' && place ? place.port : 0;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
