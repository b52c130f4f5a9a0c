// npm run bench [-- names… --size N --rows N --among N --releases N --address URL --evidence --write]: measures the program, beside its peers where they are
// installed, and prints one table. Reads ../shared/data when it is there.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Bench, Row, Scene, Wishes } from './bench.types.ts';
import { consoleLists } from './console-lists.ts';
import { describeCorpus } from './corpus.ts';
import { createDistrict, type District } from './district.ts';
import { inSeconds, secondsSince } from './figures.ts';
import { fullRebuildRate } from './full-rebuild.ts';
import { importRate } from './import-rate.ts';
import { describeMachine } from './machine.ts';
import { memoryAtRest } from './memory.ts';
import { runTool } from './processes.ts';
import { packageRoundTrip } from './package-round-trip.ts';
import { pageWeight } from './page-weight.ts';
import { proofreading } from './proofreading.ts';
import { personalData } from './personal-data.ts';
import { publicationLatency } from './publication-latency.ts';
import { scheduledReleases } from './scheduled-releases.ts';
import { searchLatency, searchQuality } from './search-figures.ts';
import { spelling } from './spelling.ts';
import { staticServing } from './static-serving.ts';
import { storeHealing } from './store-healing.ts';
import { tableOf } from './table.ts';
import { versions } from './versions.ts';

/** In this order: the first brings the documents in, the last one of a district takes its database away. */
const benches: readonly Bench[] = [
  importRate,
  fullRebuildRate,
  staticServing,
  pageWeight,
  publicationLatency,
  scheduledReleases,
  storeHealing,
  proofreading,
  consoleLists,
  packageRoundTrip,
  memoryAtRest,
  searchLatency,
  searchQuality,
  versions,
  personalData,
  spelling,
];

const repository = resolve(import.meta.dirname, '..');

interface Order {
  readonly chosen: readonly Bench[];
  readonly wishes: Wishes;
  readonly write: boolean;
}

function readOrder(): Order | undefined {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: '130000' },
      rows: { type: 'string' },
      among: { type: 'string' },
      releases: { type: 'string', default: '10000' },
      address: { type: 'string' },
      evidence: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const size = Number(values.size);
  // Ten times as many: as many as the console's target names when the size is the default one.
  const rows = Number(values.rows ?? size * 10);
  const among = Number(values.among ?? size);
  const releases = Number(values.releases);
  const known = positionals.every((name) => benches.some((bench) => bench.name === name));
  if (
    !known ||
    !isAtLeast(size, 1_000) ||
    !isAtLeast(rows, size) ||
    !isAtLeast(among, size) ||
    !isAtLeast(releases, 100)
  )
    return undefined;
  const chosen = benches.filter((bench) => positionals.length === 0 || positionals.includes(bench.name));
  const address = values.address === undefined ? {} : { address: values.address };
  const { evidence, write } = values;
  return { chosen, wishes: { size, rows, among, releases, evidence, ...address }, write };
}

const isAtLeast = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;

async function runBenches({ chosen, wishes }: Order): Promise<readonly Row[]> {
  const table: Row[] = [];
  let making: Promise<District> | undefined;
  const removeDistrict = async (): Promise<void> => {
    await (await making?.catch(() => undefined))?.place.remove();
  };
  process.once('SIGINT', () => {
    void removeDistrict().finally(() => process.exit(130));
  });
  for (const bench of chosen) {
    const say = (text: string): void => {
      process.stderr.write(`[${bench.name}] ${text}\n`);
    };
    const scene: Scene = { ...wishes, say, district: () => (making ??= createDistrict(wishes.size, say)) };
    const started = performance.now();
    try {
      const rows = await bench.run(scene);
      table.push(...rows);
      // A long run that is cut off has still told what it measured.
      process.stderr.write(`${tableOf(rows)}\n`);
    } catch (error) {
      // The others are still worth their time.
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${error instanceof Error ? (error.stack ?? reason) : reason}\n`);
      table.push({
        what: bench.name,
        ours: `failed: ${reason.split('\n')[0]?.slice(0, 200) ?? ''}`,
        met: false,
      });
      process.exitCode = 1;
    }
    say(`done in ${inSeconds(secondsSince(started))}`);
  }
  await removeDistrict();
  return table;
}

/** Processes are started from dist/, so it has to be what the sources say. */
async function buildProgram(): Promise<void> {
  const build =
    "const { ensureBuilt } = await import('./scripts/build.mjs'); await ensureBuilt(process.execPath);";
  await runTool(process.execPath, ['--input-type=module', '--eval', build], repository);
}

async function main(): Promise<void> {
  const order = readOrder();
  if (!order) {
    const names = benches.map((bench) => bench.name).join(' ');
    process.stderr.write(
      `usage: npm run bench -- [${names}] [--size N] [--rows N] [--among N] [--releases N] [--address URL] [--evidence] [--write]\n`,
    );
    process.exitCode = 2;
    return;
  }
  const machine = await describeMachine();
  await buildProgram();
  const rows = await runBenches(order);
  const text = [
    '# Measurements',
    [...machine, `Data: ${describeCorpus(order.wishes.size)}.`].map((line) => `- ${line}`).join('\n'),
    tableOf(rows),
  ].join('\n\n');
  process.stdout.write(`\n${text}\n`);
  if (order.write) await writeFile(join(import.meta.dirname, 'results.md'), `${text}\n`);
}

await main();
