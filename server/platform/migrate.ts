import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { openPool } from './db.ts';
import { AppError } from './errors.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

const fileName = /^\d{12}-[a-z-]+\.sql$/;
/** One number for "somebody migrates", so that two starting processes take turns. */
const migrationLock = 7_246_001;

export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const wrong = names.find((name) => !fileName.test(name));
  if (wrong) throw new Error(`a migration is called YYYYMMDDHHMM-<module>-<what>.sql, not ${wrong}`);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Applies what is missing, one transaction each. Returns the names applied. Refuses an edited migration. */
export async function migrate(url: string, directory: string): Promise<readonly string[]> {
  const migrations = await readMigrations(directory);
  const pool = openPool(url, { connections: 1, applicationName: 'jiyue-migrate' });
  try {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [migrationLock]);
      await client.query(
        'create table if not exists public.migration (name text primary key, digest text not null, applied_at timestamptz not null default now())',
      );
      const done = await client.query<{ name: string; digest: string }>(
        'select name, digest from public.migration',
      );
      const digestOf = new Map(done.rows.map((row) => [row.name, row.digest]));
      const applied: string[] = [];
      for (const migration of migrations) {
        const known = digestOf.get(migration.name);
        if (known === migration.digest) continue;
        if (known !== undefined) throw new Error(`${migration.name} was edited after it had been applied`);
        await applyOne(client, migration);
        applied.push(migration.name);
      }
      return applied;
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
      client.release();
    }
  } finally {
    await pool.end();
  }
}

interface Client {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

async function applyOne(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into public.migration (name, digest) values ($1, $2)', [
      migration.name,
      migration.digest,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`${migration.name} could not be applied`, { cause: error });
  }
}

/** Names of migrations that this version brings and the database has not had. */
export async function pendingMigrations(url: string, directory: string): Promise<readonly string[]> {
  const migrations = await readMigrations(directory);
  const pool = openPool(url, { connections: 1, applicationName: 'jiyue-migrate' });
  try {
    const table = await pool.query<{ present: boolean }>(
      "select to_regclass('public.migration') is not null as present",
    );
    if (!table.rows[0]?.present) return migrations.map((one) => one.name);
    const done = await pool.query<{ name: string }>('select name from public.migration');
    const names = new Set(done.rows.map((row) => row.name));
    return migrations.map((one) => one.name).filter((name) => !names.has(name));
  } finally {
    await pool.end();
  }
}

/** Refuses to run on a database that lacks migrations; somebody else's server is never migrated on boot. */
export async function requireMigrated(url: string, directory: string): Promise<void> {
  const missing = await pendingMigrations(url, directory);
  if (missing.length === 0) return;
  throw new AppError(
    'unavailable',
    'service.database-not-migrated',
    `The database lacks ${missing.length} migration(s), first ${missing[0] ?? ''}. Run: npm run db:migrate`,
  );
}
