// npm run import -- <file> --unit <organisation code> --column <site key>:<column path>
// Brings an old archive into the library (docs/import-format.md). Safe to run again: what is there stays.
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';

import type { Parts } from '../server/app.ts';
import { readArchiveLine, type ArchiveDefaults } from '../server/archive-line.ts';
import {
  currentTypes,
  findVersions,
  type ImportedItem,
  type RelatedBatch,
  relateImports,
  unknownTermProblems,
} from '../server/modules/library/index.ts';
import { allSites, columnsOfSites, importArchive } from '../server/modules/sites/index.ts';
import { AppError } from '../server/platform/errors.ts';
import { unitByOrganisationCode } from '../server/modules/identity/index.ts';
import { startWorker } from '../server/worker.ts';
import { openSystem } from './open-system.ts';

const batchSize = 500;

interface Refusal {
  readonly line: number;
  readonly key: string | null;
  readonly reason: string;
}

interface Tally {
  offered: number;
  imported: number;
  known: number;
  readonly refused: Refusal[];
}

interface Order {
  readonly file: string;
  readonly unit: string;
  readonly column: string;
  readonly laws: boolean;
  readonly report: string | undefined;
  /** The least confidence with which relations are recorded; absent: none are looked for here. */
  readonly relate: number | undefined;
}

function readOrder(): Order | undefined {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      unit: { type: 'string' },
      column: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
      report: { type: 'string' },
      relate: { type: 'string' },
    },
  });
  const [file] = positionals;
  const { unit, column, format, report } = values;
  const relate = values.relate === undefined ? undefined : Number(values.relate);
  const isSound = ['jsonl', 'laws'].includes(format) && (relate === undefined || isConfidence(relate));
  if (file === undefined || unit === undefined || column === undefined || !isSound) return undefined;
  return { file, unit, column, laws: format === 'laws', report, relate };
}

const isConfidence = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 100;

async function main(): Promise<number> {
  const order = readOrder();
  if (!order) {
    process.stderr.write(
      'usage: npm run import -- <file.jsonl[.gz]> --unit <organisation code> --column <site key>:<column path> [--format jsonl|laws] [--relate <least confidence>] [--report <file>]\n',
    );
    return 2;
  }
  const { file, unit, column, laws, report, relate } = order;
  const { parts, close } = await openSystem();
  try {
    const target = await findTarget(parts, unit, column);
    const started = performance.now();
    const tally = await importFile(parts, target, { file: resolve(file), laws });
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(
      `\n${String(tally.imported)} imported, ${String(tally.known)} already there, ${String(tally.refused.length)} refused, ${seconds.toFixed(1)} s\n`,
    );
    for (const one of tally.refused.slice(0, 20)) {
      process.stdout.write(`  line ${String(one.line)} ${one.key ?? ''}: ${one.reason}\n`);
    }
    if (report !== undefined) await writeFile(report, `${JSON.stringify(tally, null, 2)}\n`);
    if (relate !== undefined) await relateArchive(parts, target.unitId, relate);
    process.stdout.write('publishing and indexing …\n');
    const worker = await startWorker(parts, { rebuildsAfterUpgrade: false });
    await worker.settled();
    await worker.stop();
    process.stdout.write(`live and findable after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return 0;
  } finally {
    await close();
  }
}

interface Target {
  readonly unitId: string;
  readonly columnId: string;
  readonly defaults: ArchiveDefaults;
}

async function findTarget(parts: Parts, code: string, columnName: string): Promise<Target> {
  const unit = await unitByOrganisationCode(parts.db, code);
  if (!unit) throw new Error(`no unit has the organisation code ${code}`);
  const [siteKey = '', path = ''] = columnName.split(':');
  const site = (await allSites(parts.db)).find((one) => one.key === siteKey);
  const column = site && (await columnsOfSites(parts.db, [site.id])).find((one) => one.path === path);
  if (!column) throw new Error(`no column ${path} on the site ${siteKey}`);
  return { unitId: unit.id, columnId: column.id, defaults: { category: column.name, unitName: unit.name } };
}

async function importFile(
  parts: Parts,
  target: Target,
  source: { readonly file: string; readonly laws: boolean },
): Promise<Tally> {
  const types = await currentTypes(parts.db);
  const tally: Tally = { offered: 0, imported: 0, known: 0, refused: [] };
  const raw = createReadStream(source.file);
  const input = source.file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  let batch: ReadLine[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const items = await knownOf(parts, batch, tally);
    batch = [];
    const done = await parts.performAsSystem(importArchive, { ...target, items });
    tally.imported += done.length;
    tally.known += items.length - done.length;
    showProgress(tally);
  };
  const lines: { text: string; line: number }[] = [];
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    // Laws come in no order of time; there are few enough to be sorted by their own date.
    if (source.laws) lines.push({ text, line: number });
    else await take(text, number);
  }
  const dated = lines.map((one) => ({
    ...one,
    day: /"publish": "(\d{4}-\d{2}-\d{2})"/.exec(one.text)?.[1] ?? '',
  }));
  for (const one of dated.sort((a, b) => a.day.localeCompare(b.day))) await take(one.text, one.line);
  await flush();
  return tally;

  async function take(text: string, line: number): Promise<void> {
    tally.offered += 1;
    try {
      const item = readArchiveLine(text, { laws: source.laws, defaults: target.defaults, types });
      batch.push({ line, item });
    } catch (error) {
      const reason = error instanceof AppError ? error.message : String(error);
      tally.refused.push({ line, key: /"(?:key|path)":\s*"([^"]{1,200})"/.exec(text)?.[1] ?? null, reason });
    }
    if (batch.length >= batchSize) await flush();
  }
}

interface ReadLine {
  readonly line: number;
  readonly item: ImportedItem;
}

/** What can be brought in; lines that name a term that no vocabulary has are refused. */
async function knownOf(
  parts: Parts,
  lines: readonly ReadLine[],
  { refused }: Tally,
): Promise<ImportedItem[]> {
  const problems = await unknownTermProblems(
    parts.db,
    lines.map(({ item }) => item),
  );
  return lines.flatMap(({ line, item }, at) => {
    const [problem] = problems[at] ?? [];
    if (!problem) return [item];
    refused.push({ line, key: item.importKey, reason: problem.message });
    return [];
  });
}

/** Brings versions of one document and what amends or repeals another together, as far as that is sure enough. */
async function relateArchive(parts: Parts, unitId: string, least: number): Promise<void> {
  while ((await findVersions(parts.db, parts.options.clock())) === 'more');
  const sum = { accepted: 0, left: 0 };
  for (let after: string | null = '0'; after !== null;) {
    const batch: RelatedBatch = await parts.performAsSystem(relateImports, { unitId, least, after });
    sum.accepted += batch.accepted;
    sum.left += batch.left;
    after = batch.last;
  }
  process.stdout.write(
    `${String(sum.accepted)} relations recorded, ${String(sum.left)} left to the editors\n`,
  );
}

function showProgress(tally: Tally): void {
  const line = `${String(tally.imported + tally.known)} of ${String(tally.offered)} lines brought in, ${String(tally.refused.length)} refused`;
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
}

process.exitCode = await main();
