import { setTimeout as sleep } from 'node:timers/promises';

import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

import type { DB } from './database.types.ts';

/** The pool or an open transaction: every query function takes one first. */
export type Db = Kysely<DB>;

// A date is a calendar day, not an instant; as text it cannot slip by a time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

/** How long the database lets something last, in milliseconds, before it ends it. */
export interface Timeouts {
  readonly statement: number;
  /** Waiting for one lock. */
  readonly lock: number;
  /** A transaction in which nothing happens. */
  readonly idleInTransaction: number;
}

/**
 * For whoever answers requests: one that hangs must not keep its connection and its locks from the others.
 * Migrations, imports, rebuilds, clocks and the job queue take the time they need.
 */
export const requestTimeouts: Timeouts = { statement: 30_000, lock: 15_000, idleInTransaction: 60_000 };

export interface DbOptions {
  /** Connections this pool may hold. */
  readonly connections?: number;
  readonly applicationName?: string;
  readonly timeouts?: Timeouts;
}

export function openPool(url: string, options: DbOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    application_name: options.applicationName ?? 'jiyue',
    connectionTimeoutMillis: 5_000,
    // A connection that waits for work elsewhere, with a lock of its own, is not to be forgotten on the way.
    keepAlive: true,
    ...(options.timeouts && {
      statement_timeout: options.timeouts.statement,
      lock_timeout: options.timeouts.lock,
      idle_in_transaction_session_timeout: options.timeouts.idleInTransaction,
    }),
  });
  // A connection that breaks is replaced by the pool; without listeners it would end the process. The pool hears
  // of idle ones only: one that breaks in somebody's hands says so itself, and to its queries as well.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}

export function openDb(url: string, options: DbOptions = {}): Db {
  return dbOn(openPool(url, options));
}

export function dbOn(pool: pg.Pool): Db {
  const dialect: Dialect = new PostgresDialect({ pool });
  return new Kysely<DB>({ dialect });
}

const betweenTries = 1_000;

/** Does a step of starting again and again while the database is away; it must be safe to begin anew. */
export async function withPatience<T>(
  step: () => Promise<T>,
  log: { warn(fields: object, message: string): void },
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof Error) || !isDatabaseLost(error)) throw error;
      if (tries % 30 === 0) log.warn({ err: error }, 'waiting for the database');
      await sleep(betweenTries);
    }
  }
}

/** Errors of the driver that mean "the database is not there", not "the statement was wrong". */
const lostDatabase = /^(?:ECONN|EPIPE|ETIMEDOUT|57P0|08|53[123]00|58030)/;

/** Whether the error says that the database cannot be reached now, so that trying later makes sense. */
export function isDatabaseLost(error: { code?: unknown; message?: string }): boolean {
  if (typeof error.code === 'string' && lostDatabase.test(error.code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message ?? '',
  );
}

/** Whether the database ended the statement, the wait for a lock or the transaction because it took too long. */
export function isTimedOut(error: { code?: unknown; message?: string }): boolean {
  return error.code === '57014' || error.code === '55P03' || error.code === '25P03';
}

/** Whether the database gave up one of two transactions that stood in each other's way; done again, it succeeds. */
export function isCrossed(error: { code?: unknown; message?: string }): boolean {
  return error.code === '40P01' || error.code === '40001';
}
