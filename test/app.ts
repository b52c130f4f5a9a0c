import { randomBytes } from 'node:crypto';

import { auditRoutes, recordEntry } from '../server/modules/audit/index.ts';
import {
  createAuthenticate,
  createRefusalRecord,
  defaultIdentitySettings,
  identityRoutes,
  type IdentitySettings,
} from '../server/modules/identity/index.ts';
import { createEventBus } from '../server/platform/events.ts';
import {
  createHttp,
  createMount,
  createRouteTools,
  type Http,
  type Routes,
} from '../server/platform/http.ts';
import { createLog } from '../server/platform/log.ts';
import { createSeal } from '../server/platform/sealed-secret.ts';
import type { TestDatabase } from './harness.ts';

/** Every event is listed and nobody listens: the event rows are written, no job is sent. */
const nobodyListens = new Proxy({}, { get: () => [] });

/** What the consoles of tests keep secrets with. */
export const testSeal = createSeal(randomBytes(32));

export interface ConsoleWishes {
  readonly clock?: () => Date;
  readonly settings?: Partial<IdentitySettings>;
}

/**
 * The console's server over a test database with the given modules' routes, to be asked with `inject`;
 * people and the audit record are always mounted. Every answer is checked against its contract.
 */
export function aConsole(
  database: Pick<TestDatabase, 'db'>,
  routes: readonly Routes[] = [],
  wishes: ConsoleWishes = {},
): Http {
  const { db } = database;
  const clock = wishes.clock ?? (() => new Date());
  const settings = { ...defaultIdentitySettings, signInsPerMinute: 100_000, ...wishes.settings };
  const app = createHttp({ log: createLog({ level: 'silent', pretty: false }), checkResponses: true });
  const bus = createEventBus({ send: async () => null }, nobodyListens);
  const tools = createRouteTools({
    db,
    clock,
    announceIn: (on, now) => bus.announceIn(on, now),
    record: recordEntry,
  });
  const onRefusal = createRefusalRecord({ db, clock });
  const authenticate = createAuthenticate({ db, settings, clock, onRefusal });
  const mount = createMount(app, authenticate, true);
  for (const one of [
    identityRoutes({ db, settings, clock, seal: async () => testSeal }),
    auditRoutes,
    ...routes,
  ])
    one(mount, tools);
  return app;
}
