import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';

import { type AppOptions, createConsole, createParts, type Parts } from '../server/app.ts';
import type { IdentitySettings } from '../server/modules/identity/index.ts';
import type { Http } from '../server/platform/http.ts';
import { createLog, type Log } from '../server/platform/log.ts';
import type { TestDatabase } from './harness.ts';

/** A saved copy of an old site that lies on the server. */
export const copyFolder = 'saved-copy';

export interface SystemWishes {
  readonly clock?: () => Date;
  readonly uploadBytes?: number;
  readonly importBytes?: number;
  readonly identity?: Partial<IdentitySettings>;
  readonly timeouts?: AppOptions['timeouts'];
  readonly base?: AppOptions['base'];
  readonly publicRate?: number;
  readonly trustProxy?: boolean;
  /** Nothing is said otherwise. */
  readonly log?: Log;
}

/** The whole console as server/app.ts builds it; to be used from `beforeAll` on. */
export interface TestSystem {
  readonly parts: Parts;
  readonly app: Http;
  readonly dataDirectory: string;
  /** Changes with every write to a table, but those that book sessions and acts, and to the stored files. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
}

/** Rows that any request may write: sessions, the counted sign-ins, and the record of acts. */
const bookkeeping = ['identity.session', 'identity.failed_sign_in', 'audit.entry', 'audit.head'];

export function aSystem(database: TestDatabase, wishes: SystemWishes = {}): TestSystem {
  const built: { parts?: Parts; app?: Http; dataDirectory?: string; counting?: Promise<void> } = {};
  beforeAll(async () => {
    built.dataDirectory = await mkdtemp(join(tmpdir(), 'jiyue-system-'));
    const copy = join(built.dataDirectory, 'oldsites', 'inbox', copyFolder);
    await mkdir(copy, { recursive: true });
    await writeFile(join(copy, 'index.html'), '<title>旧站</title>');
    built.parts = createParts({
      databaseUrl: database.url,
      dataDirectory: built.dataDirectory,
      templatesDirectory: 'templates',
      base: wishes.base ?? { scheme: 'http', port: null },
      log: wishes.log ?? createLog({ level: 'silent', pretty: false }),
      clock: wishes.clock ?? (() => new Date()),
      uploadBytes: wishes.uploadBytes ?? 8 * 1024 * 1024,
      ...(wishes.importBytes === undefined ? {} : { importBytes: wishes.importBytes }),
      identity: { signInsPerMinute: 1_000_000, ...wishes.identity },
      connections: 6,
      ...(wishes.publicRate === undefined ? {} : { publicRate: wishes.publicRate }),
      ...(wishes.trustProxy === undefined ? {} : { trustProxy: wishes.trustProxy }),
      ...(wishes.timeouts ? { timeouts: wishes.timeouts } : {}),
      works: false,
      followPrivate: true,
      checkResponses: true,
      trustProxy: wishes.trustProxy ?? false,
    });
    await built.parts.boss.start();
    built.app = await createConsole(built.parts);
    await built.app.ready();
  });
  afterAll(async () => {
    await built.app?.close();
    await built.parts?.boss.stop({ graceful: false });
    await built.parts?.db.destroy();
    if (built.dataDirectory) await rm(built.dataDirectory, { recursive: true, force: true });
  });
  const now = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the system is built in beforeAll');
    return part;
  };
  const written = async (): Promise<Readonly<Record<string, string>>> => {
    built.counting ??= countWrites(now(built.parts));
    await built.counting;
    return writtenRows(now(built.parts));
  };
  return {
    get parts() {
      return now(built.parts);
    },
    get app() {
      return now(built.app);
    },
    get dataDirectory() {
      return now(built.dataDirectory);
    },
    fingerprint: async () => ({
      ...(await written()),
      files: (await readdir(now(built.dataDirectory), { recursive: true })).sort().join(' '),
    }),
  };
}

/**
 * How many rows of each table were written since it was first asked. The database counts them itself, so that looking
 * costs the same however much there is; what is rolled back, or written as it was, counts for nothing.
 */
async function writtenRows({ db }: Parts): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; rows: string }>`
    select name, count(*)::text as rows from counted.written_row group by name`.execute(db);
  return Object.fromEntries(rows.rows.map((row) => [row.name, row.rows]));
}

async function countWrites({ db }: Parts): Promise<void> {
  const tables = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'job')
      and n.nspname || '.' || c.relname <> all(${bookkeeping})`.execute(db);
  await sql`create schema counted`.execute(db);
  await sql`create table counted.written_row (name text not null)`.execute(db);
  await sql`create function counted.note() returns trigger language plpgsql security definer as $$ begin
    insert into counted.written_row values (tg_table_schema || '.' || tg_table_name);
    return null; end $$`.execute(db);
  for (const { schema, name } of tables.rows) {
    const table = sql.table(`${schema}.${name}`);
    const note = sql`execute function counted.note()`;
    await sql`create trigger zz_write after insert or delete on ${table} for each row ${note}`.execute(db);
    await sql`create trigger zz_change after update on ${table} for each row
      when (old::text is distinct from new::text) ${note}`.execute(db);
    await sql`create trigger zz_empty after truncate on ${table} for each statement ${note}`.execute(db);
  }
}
