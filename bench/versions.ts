import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import type { ProposedKind } from '../contracts/library.ts';
import type { Parts } from '../server/app.ts';
import { readArchiveLine } from '../server/archive-line.ts';
import { createUnit } from '../server/modules/identity/index.ts';
import {
  compareWaiting,
  findVersions,
  importResources,
  type ImportedItem,
  relateImports,
} from '../server/modules/library/index.ts';
import { defineCommand, systemActor } from '../server/platform/context.ts';
import { AppError } from '../server/platform/errors.ts';
import type { Bench, Row } from './bench.types.ts';
import { asShare, inSeconds, secondsSince, withCommas } from './figures.ts';
import { createPlace } from './place.ts';
import { missedBy, type Law, type Related, yardsticks } from './versions-yardstick.ts';

const lawsFile = new URL('../../shared/data/laws/laws.jsonl.gz', import.meta.url);
/** What a person judged of the samples, by `idOf`: the data itself stays where it is. */
const judgedFile = new URL('./versions-judged.json', import.meta.url);
const sampleSize = 100;

interface Judged {
  readonly proposals: Readonly<Record<string, boolean>>;
  readonly pairs: Readonly<Record<string, boolean>>;
}

/** How well versions of real documents are brought together, and near-duplicates found. */
export const versions: Bench = {
  name: 'versions',
  async run(scene) {
    if (!existsSync(lawsFile)) {
      return [{ what: 'Versions of documents', ours: 'the shared collection of laws was not found' }];
    }
    const place = await createPlace();
    try {
      const parts = await place.openParts(false);
      const laws = await readLaws();
      const unitId = await aUnit(parts);
      const refused = await bringIn(parts, unitId, laws);
      scene.say(
        `${withCommas(laws.length)} laws, ${String(refused)} refused because nothing tells their day`,
      );
      const started = performance.now();
      while ((await findVersions(parts.db, new Date())) === 'more');
      const seconds = secondsSince(started);
      const related = await proposalsOf(parts);
      const comparing = performance.now();
      while ((await compareWaiting(parts.db, new Date())) > 0);
      const pairs = await pairsOf(parts);
      const comparingSeconds = secondsSince(comparing);
      const judged = JSON.parse(readFileSync(judgedFile, 'utf8')) as Judged;
      const evidence = scene.evidence === true ? scene.say : undefined;
      const rows = [
        ...relatedRows({ laws, related, judged, seconds, evidence }),
        ...alikeRows({ laws, pairs, judged, seconds: comparingSeconds, evidence }),
      ];
      const { accepted, left } = await parts.performAsSystem(relateImports, {
        unitId,
        least: 90,
        after: '0',
      });
      scene.say(
        `of the first proposals from 90 on ${String(accepted)} accepted, ${String(left)} left to editors`,
      );
      return rows;
    } finally {
      await place.remove();
    }
  },
};

async function readLaws(): Promise<readonly Law[]> {
  const laws: Law[] = [];
  const input = createReadStream(lawsFile).pipe(createGunzip());
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line !== '') laws.push({ ...(JSON.parse(line) as Omit<Law, 'line'>), line });
  }
  return laws;
}

const founder = { ...systemActor('bench'), roles: ['operator', 'system-admin'] } as const;

async function aUnit(parts: Parts): Promise<string> {
  const unit = {
    name: '法制办',
    shortName: '法制办',
    organisationCode: '014300001',
    kind: 'office',
  } as const;
  const input = { parentId: null, position: 1, ...unit };
  return (await parts.performAsSystem(createUnit, input, { actor: founder })).id;
}

/** Without columns and pages: versions are found in the library. */
const importBatch = defineCommand(
  'bench.import',
  ({ unitId }: { unitId: string; items: readonly ImportedItem[] }) => ({ kind: 'unit', id: unitId, unitId }),
  (ctx, { unitId, items }) => importResources(ctx, unitId, items),
);

async function bringIn(parts: Parts, unitId: string, laws: readonly Law[]): Promise<number> {
  const defaults = { category: '法律法规', unitName: '法制办' };
  const items: ImportedItem[] = [];
  for (const { line } of laws) {
    try {
      items.push(readArchiveLine(line, { laws: true, defaults }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  for (let at = 0; at < items.length; at += 200) {
    await parts.performAsSystem(importBatch, { unitId, items: items.slice(at, at + 200) });
  }
  return laws.length - items.length;
}

function proposalsOf({
  db,
}: Parts): Promise<readonly (Related & { confidence: number; evidence: string })[]> {
  return db
    .selectFrom('library.relation_proposal as proposal')
    .innerJoin('library.resource as naming', 'naming.id', 'proposal.from_id')
    .innerJoin('library.resource as named', 'named.id', 'proposal.to_id')
    .select([
      'proposal.kind',
      'naming.imported_from as from',
      'named.imported_from as to',
      'proposal.confidence',
      'proposal.evidence',
    ])
    .orderBy('naming.imported_from')
    .orderBy('named.imported_from')
    .execute()
    .then((rows) =>
      rows.map((row) => ({
        ...row,
        kind: row.kind as ProposedKind,
        from: row.from ?? '',
        to: row.to ?? '',
      })),
    );
}

interface AlikePair {
  readonly one: string;
  readonly other: string;
  readonly similarity: number;
}

function pairsOf({ db }: Parts): Promise<readonly AlikePair[]> {
  return db
    .selectFrom('library.likeness as pair')
    .innerJoin('library.resource as one', 'one.id', 'pair.one_id')
    .innerJoin('library.resource as other', 'other.id', 'pair.other_id')
    .select(['one.imported_from as one', 'other.imported_from as other', 'pair.similarity'])
    .orderBy('one.imported_from')
    .orderBy('other.imported_from')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, one: row.one ?? '', other: row.other ?? '' })));
}

const idOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\t')).digest('hex').slice(0, 12);

/** Always the same ones for the same data: those with the least digests. */
const sampleOf = <T>(all: readonly T[], id: (one: T) => string): readonly T[] =>
  all.toSorted((a, b) => id(a).localeCompare(id(b))).slice(0, sampleSize);

/** What was judged of a sample, as `97 of 100 right`; what nobody has judged is said. */
function precisionOf(ids: readonly string[], judged: Readonly<Record<string, boolean>>): string {
  const known = ids.filter((id) => judged[id] !== undefined);
  const right = known.filter((id) => judged[id] === true);
  const open = ids.length === known.length ? '' : `, ${String(ids.length - known.length)} not judged`;
  return `${String(right.length)} of ${String(known.length)} right${open}`;
}

interface Report {
  readonly laws: readonly Law[];
  readonly judged: Judged;
  readonly seconds: number;
  readonly evidence: ((text: string) => void) | undefined;
}

interface RelatedReport extends Report {
  readonly related: readonly (Related & { confidence: number; evidence: string })[];
}

function relatedRows({ laws, related, judged, seconds, evidence }: RelatedReport): readonly Row[] {
  const id = ({ kind, from, to }: Related): string => idOf(kind, from, to);
  const sample = sampleOf(related, id);
  const law = new Map(laws.map((one) => [one.path, one]));
  const named = (path: string): string => `${law.get(path)?.title ?? ''} ${law.get(path)?.publish ?? '—'}`;
  // All of them, those of the sample marked: whoever changes a rule sees what it changes.
  for (const one of related) {
    const mark = `${id(one)} ${String(judged.proposals[id(one)] ?? '?')}${sample.includes(one) ? '*' : ''}`;
    const text = `${named(one.from)} → ${named(one.to)} | ${one.evidence}`;
    evidence?.(`${mark} | ${one.kind} ${String(one.confidence)} | ${text}`);
  }
  const kinds = [...Map.groupBy(related, (one) => one.kind)].map(
    ([kind, all]) =>
      `${kind} ${String(all.length)} (${precisionOf(sample.filter((one) => one.kind === kind).map(id), judged.proposals)})`,
  );
  const known = yardsticks(laws);
  const recall = (wanted: readonly (readonly [string, string])[]): string => {
    const missed = missedBy(wanted, related);
    for (const [one, other] of missed) evidence?.(`missed: ${named(one)} ~ ${named(other)}`);
    return `${String(wanted.length - missed.length)} of ${String(wanted.length)} (${asShare(1 - missed.length / wanted.length)})`;
  };
  return [
    {
      what: `Relations proposed among ${withCommas(laws.length)} laws`,
      ours: `${String(related.length)} in ${inSeconds(seconds)}: ${kinds.join(', ')}`,
    },
    {
      what: `Relations: a sample of ${String(sampleSize)}, judged by a person`,
      ours: precisionOf(sample.map(id), judged.proposals),
      target: '≥ 95 of 100',
      met: sample.filter((one) => judged.proposals[id(one)] === true).length >= 95,
    },
    {
      what: 'Relations: all of them, judged by a person',
      ours: precisionOf(related.map(id), judged.proposals),
    },
    { what: 'Successive versions of one title that are related', ours: recall(known.versions) },
    {
      what: 'Documents said to be repealed or amended, with one of that title and an older day, that are related',
      ours: recall(known.mentions),
    },
  ];
}

interface AlikeReport extends Report {
  readonly pairs: readonly AlikePair[];
}

function alikeRows({ laws, pairs, judged, seconds, evidence }: AlikeReport): readonly Row[] {
  const id = ({ one, other }: AlikePair): string => idOf('alike', ...[one, other].toSorted());
  const sample = sampleOf(pairs, id);
  const law = new Map(laws.map((one) => [one.path, one]));
  const named = (path: string): string =>
    `${law.get(path)?.title ?? ''} ${law.get(path)?.publish ?? '—'} (${String(law.get(path)?.body.length ?? 0)})`;
  for (const one of sample) {
    evidence?.(
      `${id(one)} ${String(judged.pairs[id(one)] ?? '?')} | ${String(one.similarity)}% | ${named(one.one)} | ${named(one.other)}`,
    );
  }
  const found = new Set(pairs.map((one) => [one.one, one.other].toSorted().join('\t')));
  const { versions: wanted } = yardsticks(laws);
  const hit = wanted.filter(([one, other]) => found.has([one, other].toSorted().join('\t')));
  return [
    {
      what: `Near-duplicates from 80% on among ${withCommas(laws.length)} laws, ${String(sample.length)} judged by a person`,
      ours: `${String(pairs.length)} pairs in ${inSeconds(seconds)}: ${precisionOf(sample.map(id), judged.pairs)}`,
    },
    {
      what: 'Successive versions of one title that are near-duplicates',
      ours: `${String(hit.length)} of ${String(wanted.length)} (${asShare(hit.length / wanted.length)})`,
    },
  ];
}
