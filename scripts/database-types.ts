// npm run db:types: migrates an empty database and writes what it has become to
// server/platform/database.types.ts (for the compiler) and db/schema.sql (for reviewers).
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts';
import { migrate } from '../server/platform/migrate.ts';
import { describeSchema } from './describe-schema.ts';

const silent = { info: () => undefined };

export async function writeDatabaseTypes(url: string, file: string): Promise<void> {
  await promisify(execFile)('node_modules/.bin/kysely-codegen', [
    '--dialect=postgres',
    `--url=${url}`,
    `--out-file=${file}`,
    '--include-pattern=(platform|audit|identity|library|sites|review|interaction|intake|publishing|relocation|search|transparency|exchange|webhook|following|packaging|vocabulary|describing|fulltext|proofreading).*',
    '--exclude-pattern=audit.entry_*',
    '--log-level=error',
  ]);
  const text = await readFile(file, 'utf8');
  const head = '// Generated from the migrated schema by `npm run db:types`. Do not edit.\n';
  await writeFile(file, head + text.replace(/^\/\*\*[\s\S]*?\*\/\n\n/, ''));
}

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-types-'));
  const server = await startEmbeddedPostgres({ directory, port: 54_800, log: silent });
  try {
    await migrate(server.url, 'migrations');
    await writeDatabaseTypes(server.url, 'server/platform/database.types.ts');
    await writeFile('db/schema.sql', await describeSchema(server.url));
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
