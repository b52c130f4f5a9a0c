import { userInfo } from 'node:os';
import { resolve } from 'node:path';

import type { Actor } from '../contracts/actor.ts';
import { createParts, type Parts } from '../server/app.ts';
import { loadConfig } from '../server/config.ts';
import type { PublicBase } from '../server/modules/sites/index.ts';
import { openDb } from '../server/platform/db.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts';
import { systemActor } from '../server/platform/context.ts';
import { createQueues } from '../server/platform/jobs.ts';
import { createLog } from '../server/platform/log.ts';
import { migrate, requireMigrated } from '../server/platform/migrate.ts';
import { readSetting } from '../server/platform/settings.ts';
import { queueNames } from '../server/queues.ts';
import { baseSetting } from '../server/worker.ts';

/** Who runs a command here, for the audit record: the account of the machine. */
export function commandActor(): Actor {
  const name = `命令行（${machineAccount()}）`;
  return { ...systemActor('command-line'), name };
}

/** A container may run under a number that nobody has a name for. */
function machineAccount(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '?');
  }
}

export interface SystemWishes {
  /** For commands that build no pages: the program need not have been started before. */
  readonly neverStarted?: boolean;
}

/** The system of this data folder, for commands that run beside the program or while it is stopped. */
export async function openSystem({ neverStarted = false }: SystemWishes = {}): Promise<{
  parts: Parts;
  close: () => Promise<void>;
}> {
  const config = loadConfig(process.env);
  const log = createLog({ level: 'warn', pretty: process.stdout.isTTY });
  const data = resolve(config.dataDirectory);
  const server =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ directory: resolve(data, 'postgres'), port: 7300, log })
      : undefined;
  const databaseUrl = config.databaseUrl ?? server?.url ?? '';
  if (neverStarted) await prepare(databaseUrl, server !== undefined);
  const parts = createParts({
    databaseUrl,
    dataDirectory: data,
    templatesDirectory: resolve('templates'),
    base: neverStarted ? { scheme: 'http', port: null } : await readBase(databaseUrl),
    log,
    clock: () => new Date(),
    uploadBytes: config.uploadBytes,
    works: true,
    clamd: config.clamd,
  });
  await parts.boss.start();
  return {
    parts,
    close: async () => {
      await parts.boss.stop({ graceful: false });
      await parts.db.destroy();
      await server?.stop();
    },
  };
}

/** A database of our own gets its tables here; that of others must have them. */
async function prepare(url: string, isOwn: boolean): Promise<void> {
  if (!isOwn) {
    await requireMigrated(url, 'migrations');
    return;
  }
  await migrate(url, 'migrations');
  await createQueues(url, queueNames);
}

/** The addresses that the running program builds pages for. */
async function readBase(url: string): Promise<PublicBase> {
  const db = openDb(url, { connections: 1 });
  try {
    const known = await readSetting(db, baseSetting);
    if (known === undefined) throw new Error('start the program once before importing: npm start');
    return JSON.parse(known) as PublicBase;
  } finally {
    await db.destroy();
  }
}
