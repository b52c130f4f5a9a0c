import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

import type { DB } from './database.types.ts';

/** The pool or an open transaction: every query function takes one first. */
export type Db = Kysely<DB>;

// A date is a calendar day, not an instant; as text it cannot slip by a time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export interface DbOptions {
  /** Connections this process may hold. */
  readonly connections?: number;
  readonly applicationName?: string;
}

export function openPool(url: string, options: DbOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    application_name: options.applicationName ?? 'jiyue',
    connectionTimeoutMillis: 5_000,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

export function openDb(url: string, options: DbOptions = {}): Db {
  return dbOn(openPool(url, options));
}

export function dbOn(pool: pg.Pool): Db {
  const dialect: Dialect = new PostgresDialect({ pool });
  return new Kysely<DB>({ dialect });
}
