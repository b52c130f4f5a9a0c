// npm run export -- --to <folder | file.zip> [--units <codes>] [--sites <keys>] [--types <keys>] [--from <day>] [--until <day>]
// Writes the library, or a selection of it, as an open package (docs/package-format.md). The program may be running.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { Value } from 'typebox/value';

import { PackageSelection } from '../contracts/packaging.ts';
import type { Parts } from '../server/app.ts';
import { unitByOrganisationCode } from '../server/modules/identity/index.ts';
import { exportPackage, recordExport } from '../server/modules/packaging/index.ts';
import { allSites } from '../server/modules/sites/index.ts';
import { AppError } from '../server/platform/errors.ts';
import { isTaken, openTarget } from '../server/platform/packages/package-target.ts';
import { commandActor, openSystem } from './open-system.ts';

const usage =
  'usage: npm run export -- --to <folder | file.zip> [--units <organisation codes>] [--sites <keys>] [--types <keys>] [--from <YYYY-MM-DD>] [--until <YYYY-MM-DD>]\n  Several are separated by commas.\n';

interface Wishes {
  readonly units?: string;
  readonly sites?: string;
  readonly types?: string;
  readonly from?: string;
  readonly until?: string;
}

const listOf = (text: string | undefined): readonly string[] | undefined => text?.split(',').filter(Boolean);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      to: { type: 'string' },
      units: { type: 'string' },
      sites: { type: 'string' },
      types: { type: 'string' },
      from: { type: 'string' },
      until: { type: 'string' },
    },
  });
  if (values.to === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const path = resolve(values.to);
  if (await isTaken(path)) {
    process.stderr.write(`${path} is there already\n`);
    return 1;
  }
  const { parts, close } = await openSystem({ neverStarted: true });
  try {
    const started = performance.now();
    const manifest = await exportPackage({
      db: parts.db,
      assets: parts.assets,
      target: await openTarget(path),
      selection: await selectionOf(parts, values),
      now: new Date(),
      onWritten: (written) =>
        parts.performAsSystem(recordExport, { manifest: written, path }, { actor: commandActor() }),
    });
    const rows = manifest.parts.reduce((sum, part) => sum + part.rows, 0);
    process.stdout.write(
      `${path}: ${String(rows)} rows, ${String(manifest.files.count)} files, ${seconds(started)} s\nSHA-256 of the whole: ${manifest.sha256}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.code}: ${error.message} ${JSON.stringify(error.details ?? {})}\n`);
    return 1;
  } finally {
    await close();
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

async function selectionOf({ db }: Parts, wishes: Wishes): Promise<PackageSelection> {
  const sites = await allSites(db);
  const siteIds = listOf(wishes.sites)?.map((key) => {
    const site = sites.find((one) => one.key === key);
    if (!site) throw new Error(`no site has the key ${key}`);
    return site.id;
  });
  const unitIds: string[] = [];
  for (const code of listOf(wishes.units) ?? []) {
    const unit = await unitByOrganisationCode(db, code);
    if (!unit) throw new Error(`no unit has the organisation code ${code}`);
    unitIds.push(unit.id);
  }
  const types = listOf(wishes.types);
  const selection = {
    // An empty list is refused, and does not mean all.
    ...(wishes.units !== undefined && { unitIds }),
    ...(siteIds && { siteIds }),
    ...(types && { types }),
    ...(wishes.from !== undefined && { from: wishes.from }),
    ...(wishes.until !== undefined && { to: wishes.until }),
  };
  if (!Value.Check(PackageSelection, selection))
    throw new Error(`this selection is not understood\n${usage}`);
  return selection;
}

process.exitCode = await main();
