// npm run import:package -- <folder | file.zip> [--dry-run]
// Brings an open package (docs/package-format.md) into an instance that has nothing yet, before its first start.
// All of it comes in, or nothing: broken off, the same command is run again.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { createFirstAccounts } from '../server/first-accounts.ts';
import { importPackage, type Manifest, tryPackage } from '../server/modules/packaging/index.ts';
import { AppError } from '../server/platform/errors.ts';
import { openSource } from '../server/platform/packages/package-source.ts';
import { commandActor, openSystem } from './open-system.ts';

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined) {
    process.stderr.write('usage: npm run import:package -- <folder | file.zip> [--dry-run]\n');
    return 2;
  }
  const { parts, close } = await openSystem({ neverStarted: true });
  try {
    const started = performance.now();
    const source = await openSource(resolve(path));
    try {
      if (values['dry-run']) {
        tell(await tryPackage({ db: parts.db, source }), 'sound, and could be brought in', started);
        return 0;
      }
      const manifest = await importPackage({
        db: parts.db,
        assets: parts.assets,
        source,
        perform: (command, input) => parts.performAsSystem(command, input, { actor: commandActor() }),
        scans: parts.scanner !== undefined,
        onStep: showProgress,
      });
      tell(manifest, 'brought in', started);
    } finally {
      source.close();
    }
    const file = await createFirstAccounts(parts);
    if (file !== undefined) process.stdout.write(`first accounts with their initial passwords: ${file}\n`);
    process.stdout.write('pages and search are made when the program starts: npm start\n');
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.code}: ${error.message} ${JSON.stringify(error.details ?? {})}\n`);
    return 1;
  } finally {
    await close();
  }
}

function tell({ parts, files, sha256 }: Manifest, what: string, started: number): void {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `\n${String(rows)} rows and ${String(files.count)} files are ${what}, ${seconds} s\nSHA-256 of the whole: ${sha256}\n`,
  );
}

function showProgress(step: string, rows: number): void {
  const line = `${step}: ${String(rows)} rows`;
  process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
}

process.exitCode = await main();
