import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';

import { type AppOptions, createConsole, createParts, type Parts } from '../server/app.ts';
import type { IdentitySettings } from '../server/modules/identity/index.ts';
import type { Http } from '../server/platform/http.ts';
import { createLog } from '../server/platform/log.ts';
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
}

/** The whole console as server/app.ts builds it; to be used from `beforeAll` on. */
export interface TestSystem {
  readonly parts: Parts;
  readonly app: Http;
  readonly dataDirectory: string;
  /** A digest of every table but those that book sessions and acts, and of the stored files. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
}

/** Rows that any request may write: sessions, the counted sign-ins, and the record of acts. */
const bookkeeping = ['identity.session', 'identity.failed_sign_in', 'audit.entry', 'audit.head'];

export function aSystem(database: TestDatabase, wishes: SystemWishes = {}): TestSystem {
  const built: { parts?: Parts; app?: Http; dataDirectory?: string } = {};
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
      log: createLog({ level: 'silent', pretty: false }),
      clock: wishes.clock ?? (() => new Date()),
      uploadBytes: wishes.uploadBytes ?? 8 * 1024 * 1024,
      ...(wishes.importBytes === undefined ? {} : { importBytes: wishes.importBytes }),
      identity: { signInsPerMinute: 1_000_000, ...wishes.identity },
      connections: 6,
      ...(wishes.publicRate === undefined ? {} : { publicRate: wishes.publicRate }),
      ...(wishes.trustProxy === undefined ? {} : { trustProxy: wishes.trustProxy }),
      ...(wishes.timeouts ? { timeouts: wishes.timeouts } : {}),
      works: false,
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
      ...(await digestTables(now(built.parts))),
      files: (await readdir(now(built.dataDirectory), { recursive: true })).sort().join(' '),
    }),
  };
}

async function digestTables({ db }: Parts): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'job')
      and n.nspname || '.' || c.relname <> all(${bookkeeping}) order by 1`.execute(db);
  const digests = tables.rows.map(
    ({ name }) => sql`select ${name}::text as name,
      md5(coalesce(string_agg(one::text, ' ' order by one::text), '')) as digest from ${sql.table(name)} one`,
  );
  const rows = await sql<{ name: string; digest: string }>`${sql.join(digests, sql` union all `)}`.execute(
    db,
  );
  return Object.fromEntries(rows.rows.map((row) => [row.name, row.digest]));
}
