import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Config } from './config.ts';
import { copyDatabase, dropEverything } from './platform/copy-database.ts';
import { isDatabaseLost, openDb } from './platform/db.ts';
import type { EmbeddedPostgres } from './platform/embedded-postgres.ts';
import { keepEmbeddedPostgres } from './platform/embedded-postgres-keeper.ts';
import { createQueues } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { migrate, pendingMigrations, readMigrations, requireMigrated } from './platform/migrate.ts';
import { readSetting } from './platform/settings.ts';
import { queueNames } from './queues.ts';

/** Set while the demonstration district is being created: a start that was cut off is begun anew. */
export const seedingSetting = 'demonstration.seeding';

export interface DatabaseWishes {
  readonly config: Config;
  readonly data: string;
  readonly migrations: string;
  readonly log: Log;
}

export interface OpenDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** A process that only serves pages can begin without the database. */
export const servesOnly = (config: Config): boolean => config.roles.every((role) => role === 'public');

/** The server named by DATABASE_URL, which is never migrated here, or our own, which migrates itself. */
export async function openDatabase(wishes: DatabaseWishes): Promise<OpenDatabase> {
  const { config, data, log } = wishes;
  if (config.databaseUrl !== null) {
    await waitForDatabase(wishes, config.databaseUrl);
    return { url: config.databaseUrl, stop: async () => undefined };
  }
  log.info({}, 'starting the embedded PostgreSQL');
  const server = await keepEmbeddedPostgres({ directory: join(data, 'postgres'), port: 7300, log });
  try {
    if (await wasCutOff(server.url, wishes.migrations)) await beginAnew(server, wishes);
    await migrateOwn(server, wishes);
    await createQueues(server.url, queueNames);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** Migrates; what people have in the database is copied first. */
async function migrateOwn(server: EmbeddedPostgres, { migrations, log }: DatabaseWishes): Promise<void> {
  const pending = await pendingMigrations(server.url, migrations);
  if (pending.length === 0) return;
  const isNew = pending.length === (await readMigrations(migrations)).length;
  if (!isNew)
    log.info({ copy: await copyDatabase(server.url, new Date()) }, 'database copied before the upgrade');
  await migrate(server.url, migrations);
  log.info({ migrations: pending.length }, 'database migrated');
}

async function wasCutOff(url: string, migrations: string): Promise<boolean> {
  // A database without this version's tables was not being filled by it.
  if ((await pendingMigrations(url, migrations)).length > 0) return false;
  const db = openDb(url, { connections: 1 });
  try {
    return (await readSetting(db, seedingSetting)) === 'begun';
  } finally {
    await db.destroy();
  }
}

/** Nobody has worked with a half-made demonstration, so it is thrown away. */
async function beginAnew(server: EmbeddedPostgres, { data, log }: DatabaseWishes): Promise<void> {
  log.info({}, 'the first start was cut off: beginning anew');
  await dropEverything(server.url);
  for (const folder of ['pages', 'search', 'assets']) {
    await rm(join(data, folder), { recursive: true, force: true });
  }
}

/** A database that is away comes back; only the public side can begin without it. */
async function waitForDatabase({ config, migrations, log }: DatabaseWishes, url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await requireMigrated(url, migrations);
      return;
    } catch (error) {
      if (!(error instanceof Error) || !isDatabaseLost(error)) throw error;
      if (servesOnly(config)) {
        log.warn({ err: error }, 'the database is away: pages are served as they are');
        return;
      }
      if (tries % 30 === 0) log.warn({ err: error }, 'waiting for the database');
      await sleep(1_000);
    }
  }
}
