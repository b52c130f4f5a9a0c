// How well versions of one law are found: `node --import tsx bench/likeness-quality.ts [--pairs]`. Reads the shared
// collection of laws. Two texts are versions of one law when their titles are the same and their days are not (parts of one code share both); that is the yardstick, and what
// it does not know (a law that was renamed, a model text that several provinces took over) is printed with --pairs.
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import {
  estimatedLikeness,
  fingerprintOf,
  likenessOf,
  stretchesOf,
} from '../server/modules/library/fingerprint.rules.ts';
import { asShare, inMilliseconds, quantile } from './figures.ts';

const lawsFile = new URL('../../shared/data/laws/laws.jsonl.gz', import.meta.url);

interface Law {
  readonly title: string;
  readonly publish: string;
  readonly body: string;
}

async function readLaws(): Promise<readonly Law[]> {
  const laws: Law[] = [];
  const input = createReadStream(lawsFile).pipe(createGunzip());
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line !== '') laws.push(JSON.parse(line) as Law);
  }
  return laws;
}

/** `…条例（2018年修正）` is a version of `…条例`. */
const bareTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .replaceAll(/\([^()]*(?:修正|修订|修改|试行)[^()]*\)/gu, '')
    .replaceAll(/\s/gu, '');

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly likeness: number;
  readonly isVersion: boolean;
  /** They share a band, so the library finds them. */
  readonly isFound: boolean;
}

/** Below this even the estimate says that two texts are strangers. */
const leastEstimate = 0.3;

function findPairs(laws: readonly Law[]): {
  pairs: readonly Pair[];
  times: readonly number[];
  versions: number;
} {
  const times: number[] = [];
  const prints = laws.map(({ body }) => {
    const started = performance.now();
    const print = fingerprintOf(body);
    times.push(performance.now() - started);
    return print;
  });
  const titles = laws.map(({ title }) => bareTitle(title));
  const sets = new Map<number, ReadonlySet<number>>();
  const setOf = (at: number): ReadonlySet<number> => {
    const known = sets.get(at) ?? stretchesOf(laws[at]?.body ?? '');
    sets.set(at, known);
    return known;
  };
  const pairs: Pair[] = [];
  let versions = 0;
  for (const [one, first] of prints.entries()) {
    const bands = new Set(first?.bands);
    for (let other = one + 1; other < prints.length; other += 1) {
      const second = prints[other];
      const isVersion = titles[one] === titles[other] && laws[one]?.publish !== laws[other]?.publish;
      if (isVersion) versions += 1;
      if (!first || !second || estimatedLikeness(first.minhash, second.minhash) < leastEstimate) continue;
      const isFound = second.bands.some((band) => bands.has(band));
      pairs.push({ one, other, likeness: likenessOf(setOf(one), setOf(other)), isVersion, isFound });
    }
  }
  return { pairs, times, versions };
}

function report(laws: readonly Law[], wishes: { readonly pairs: boolean }): void {
  const { pairs, times, versions } = findPairs(laws);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(`${String(laws.length)} laws, ${String(versions)} pairs of equal titles and different days`);
  say(
    `one fingerprint: p50 ${inMilliseconds(quantile(times, 0.5))}, p95 ${inMilliseconds(quantile(times, 0.95))}, longest ${inMilliseconds(Math.max(...times))}`,
  );
  for (const least of [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]) {
    const alike = pairs.filter((pair) => pair.likeness >= least);
    const found = alike.filter((pair) => pair.isFound);
    const right = found.filter((pair) => pair.isVersion);
    say(
      `from ${String(least)}: ${String(alike.length)} pairs are as alike, ${asShare(found.length / alike.length)} found by bands; ` +
        `of the found ${asShare(right.length / found.length)} are versions; of all versions ${asShare(right.length / versions)} found`,
    );
  }
  if (wishes.pairs) for (const line of strangePairs(laws, pairs)) say(line);
}

/** Pairs for a person to judge: alike, and not called the same. */
function strangePairs(laws: readonly Law[], pairs: readonly Pair[]): readonly string[] {
  const nameOf = (at: number): string => `${laws[at]?.title ?? ''} ${laws[at]?.publish ?? ''}`;
  return pairs
    .filter((pair) => !pair.isVersion && pair.likeness >= 0.5)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ one, other, likeness }) => `${likeness.toFixed(2)}\t${nameOf(one)}\t${nameOf(other)}`);
}

if (existsSync(lawsFile)) report(await readLaws(), { pairs: process.argv.includes('--pairs') });
else process.stdout.write('the shared collection of laws was not found beside the repository\n');
