import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import { sql } from 'kysely';

import type { Bench, Row } from './bench.types.ts';
import type { District } from './district.ts';
import { asRatio, inMegabytes, inSeconds, perSecond, secondsSince, withCommas } from './figures.ts';
import { writeHugoSite } from './hugo-site.ts';
import { templatesDirectory } from './place.ts';
import { findTool, runTool } from './processes.ts';
import type { RebuildOrder } from './rebuild-child.ts';

const repository = resolve(import.meta.dirname, '..');
/** docs/adr/0023: what a site needs to be served; and of what Hugo does without it. */
const wantedOfCompressed = 1.25;
const wantedOfPlain = 0.5;

interface Built {
  readonly pages: number;
  readonly seconds: number;
  readonly bytesPerPage: number;
  /** Of the process that built them. */
  readonly peakBytes?: number;
}

const rateOf = ({ pages, seconds }: Built): number => pages / seconds;
const describe = (built: Built): string =>
  `${perSecond(rateOf(built), 'pages')} (${withCommas(built.pages)} of ${withCommas(built.bytesPerPage)} bytes in ${inSeconds(built.seconds)})`;

/** Every page from nothing, beside Hugo with an equivalent theme on the same content. */
export const fullRebuildRate: Bench = {
  name: 'rebuild',
  async run(scene) {
    const district = await scene.district();
    scene.say('building all pages without compressed forms');
    const bare = await rebuild(district, true);
    scene.say('building all pages as shipped');
    const shipped = await rebuild(district, false);
    const hugo = findTool('hugo');
    if (hugo === undefined) return rowsWithoutHugo(shipped, bare);
    scene.say('writing the same content for Hugo');
    const folder = join(district.place.directory, 'hugo');
    await writeHugoSite(district, folder);
    scene.say('building all pages with Hugo');
    const plain = await buildWithHugo(hugo, folder);
    scene.say('compressing what Hugo wrote');
    const compressing = await compressAll(join(folder, 'public'));
    const compressed: Built = { ...plain, seconds: plain.seconds + compressing };
    return [
      compare(
        'as shipped, with .gz, .br and digests, beside Hugo with gzip 6 and Brotli 5',
        shipped,
        compressed,
        wantedOfCompressed,
      ),
      compare('as shipped beside plain Hugo, which compresses nothing', shipped, plain, wantedOfPlain),
      compare('without compressed forms beside plain Hugo', bare, plain, wantedOfPlain),
      {
        what: 'Full rebuild, as shipped: most memory of the process, without PostgreSQL',
        ours: inMegabytes(shipped.peakBytes ?? 0),
      },
    ];
  },
};

function rowsWithoutHugo(shipped: Built, bare: Built): readonly Row[] {
  const peer = 'hugo is not installed';
  return [
    { what: 'Full rebuild, as shipped, with .gz, .br and digests', ours: describe(shipped), peer },
    { what: 'Full rebuild, without compressed forms', ours: describe(bare), peer },
  ];
}

function compare(what: string, ours: Built, peer: Built, wanted: number): Row {
  const ratio = rateOf(ours) / rateOf(peer);
  return {
    what: `Full rebuild, ${what}`,
    ours: describe(ours),
    peer: describe(peer),
    ratio: asRatio(ratio),
    target: `≥ ${String(wanted)} × Hugo`,
    met: ratio >= wanted,
  };
}

async function rebuild({ place, parts }: District, bare: boolean): Promise<Built> {
  await sql`truncate publishing.page, publishing.dirty, publishing.redirect, publishing.intent`.execute(
    parts.db,
  );
  // Moved away, not deleted: on ext4, making files is slow for minutes after many were deleted.
  await rename(parts.pagesDirectory, join(place.directory, bare ? 'pages-imported' : 'pages-bare'));
  const { databaseUrl, dataDirectory, publicPort } = place;
  const order: RebuildOrder = { databaseUrl, dataDirectory, templatesDirectory, publicPort, bare };
  const child = join(import.meta.dirname, 'rebuild-child.ts');
  const { output } = await runTool(process.execPath, [child, JSON.stringify(order)], repository);
  const report = JSON.parse(output) as {
    readonly seconds: number;
    readonly peakBytes: number;
    readonly written: number;
    readonly failed: number;
  };
  if (report.failed > 0) throw new Error(`${String(report.failed)} pages could not be built`);
  const { bytes } = await parts.db
    .selectFrom('publishing.page')
    .select((is) => is.fn.avg<string>('size').as('bytes'))
    .executeTakeFirstOrThrow();
  const { written: pages, seconds, peakBytes } = report;
  return { pages, seconds, peakBytes, bytesPerPage: Number(bytes) };
}

async function buildWithHugo(hugo: string, folder: string): Promise<Built> {
  const { seconds } = await runTool(hugo, ['--source', folder, '--quiet'], folder);
  const files = await pageFiles(join(folder, 'public'));
  let bytes = 0;
  for (const file of files) bytes += (await readFile(file)).length;
  return { pages: files.length, seconds, bytesPerPage: bytes / files.length };
}

async function pageFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(?:html|xml)$/.test(name)).map((name) => join(folder, name));
}

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);
const brotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: 16,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};
/** zlib works in threads of its own: so many files at once keep both cores busy. */
const filesAtOnce = 8;

/** What a site built with Hugo still needs to be served compressed. Answers the seconds. */
async function compressAll(folder: string): Promise<number> {
  const started = performance.now();
  const files = [...(await pageFiles(folder))];
  const compressSome = async (): Promise<void> => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      const bytes = await readFile(file);
      const [small, smaller] = await Promise.all([
        gzipped(bytes, { level: 6 }),
        brotlied(bytes, brotliOptions),
      ]);
      await Promise.all([writeFile(`${file}.gz`, small), writeFile(`${file}.br`, smaller)]);
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, compressSome));
  return secondsSince(started);
}
