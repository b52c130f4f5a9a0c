import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { sql } from 'kysely';

import { migrate } from '../server/platform/migrate.ts';
import type { Bench } from './bench.types.ts';
import { inMegabytes, inSeconds, perSecond, withCommas } from './figures.ts';

interface Figures {
  readonly sha256: string;
  readonly seconds: number;
  readonly peakBytes: number;
}

const child = join(import.meta.dirname, 'package-child.ts');

async function go(...args: readonly string[]): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, ...args]);
  return JSON.parse(stdout) as Figures;
}

/** The whole library as one archive, into an empty database, and out again. */
export const packageRoundTrip: Bench = {
  name: 'package',
  async run(scene) {
    const { place, figures, parts } = await scene.district();
    const { documents } = figures;
    const archive = join(place.directory, 'package.zip');
    const heir = new URL(place.databaseUrl);
    heir.pathname = '/heir';
    await sql`create database heir`.execute(parts.db);
    await migrate(heir.href, 'migrations');
    const assets = join(place.directory, 'heir-assets');
    scene.say('out, in, and out again');
    const out = await go('export', place.databaseUrl, join(place.dataDirectory, 'assets'), archive);
    const back = await go('import', heir.href, assets, archive);
    const again = await go('export', heir.href, assets, join(place.directory, 'again.zip'));
    const { size } = await stat(archive);
    const rate = (one: Figures): string =>
      `${inSeconds(one.seconds)}, ${perSecond(documents / one.seconds, 'resources')}, highest memory ${inMegabytes(one.peakBytes)}`;
    return [
      {
        what: `Package of ${withCommas(documents)} resources (${inMegabytes(size)}): export`,
        ours: rate(out),
      },
      { what: 'Package: import, with everything compared first', ours: rate(back) },
      {
        what: 'Package: exported again from the import',
        ours: again.sha256 === out.sha256 ? 'the same digest' : 'another digest',
        target: 'the same digest',
        met: again.sha256 === out.sha256,
      },
    ];
  },
};
