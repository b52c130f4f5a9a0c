import { randomBytes } from 'node:crypto';

import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';

import { type Db, openDb } from '../server/platform/db.ts';

export interface TestDatabase {
  readonly db: Db;
  readonly url: string;
}

/** A database of this test file's own, cloned from the migrated template and dropped afterwards. */
export function aDatabase(): TestDatabase {
  const server = inject('databaseServer');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openDb(url.href, { connections: 6 });
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  beforeAll(() => onServer(`create database ${name} template t_base`));
  afterAll(async () => {
    await db.destroy();
    await onServer(`drop database if exists ${name} with (force)`);
  });
  return { db, url: url.href };
}
