import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { queueNames } from '../server/queues.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts';
import { createQueues } from '../server/platform/jobs.ts';
import { migrate } from '../server/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server the tests may create databases on; `t_base` there is migrated and empty. */
    databaseServer: string;
  }
}

/** One real PostgreSQL for the whole run; each test file clones the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-test-'));
  const server = await startEmbeddedPostgres({
    directory,
    port: 54_900,
    log: { info: () => undefined },
    // A test database may be lost with the machine; that makes every commit many times faster.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('create database t_base');
  await client.end();
  const base = new URL(server.url);
  base.pathname = '/t_base';
  await migrate(base.href, 'migrations');
  await createQueues(base.href, queueNames);
  project.provide('databaseServer', server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
