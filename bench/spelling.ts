import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dict } from '@node-rs/jieba/dict.js';

import { loadCharacterLore, readDictionary } from '../server/modules/proofreading/character-lore.ts';
import { type Misspelling, MisspellingFinder } from '../server/modules/proofreading/find-misspellings.ts';
import { readSpellingModel, writeSpellingModel } from '../server/modules/proofreading/spelling-model-file.ts';
import { sentencesIn } from '../server/modules/proofreading/spelling-text.ts';
import { SpellingTraining, type Trained } from '../server/modules/proofreading/train-spelling.ts';
import type { Bench, Row } from './bench.types.ts';
import { asShare, inMilliseconds, quantile } from './figures.ts';
import { readPairs, type SentencePair, sentencesOfTest, sourceTexts } from './spelling-texts.ts';

const tests = [
  { name: 'official documents', file: 'official_documents_dev.tsv', isTarget: true },
  { name: 'law', file: 'law_dev.tsv', isTarget: false },
] as const;

/** One law, notice or reply in so many is kept apart. */
const keptApart = 12;
const leastF1 = 0.6;
const mostFalseAlarms = 0.01;
const mostMilliseconds = 25;
const charactersOfSpeed = 10_000;

/**
 * How well misspellings are found in labelled sentences by a model that learned from other texts. Sentences of the test
 * that stand in those texts too are taken out before they are learned from; the threshold comes from the training.
 */
export const spelling: Bench = {
  name: 'spelling',
  async run({ say }) {
    const read = await Promise.all(tests.map(async (test) => ({ ...test, ...(await readPairs(test.file)) })));
    const { trained, excluded, seconds } = await train(read.flatMap(({ pairs }) => pairs));
    say(
      `learned from ${String(trained.characters)} characters, ${String(excluded)} sentences of the tests taken out`,
    );
    say(`${String(trained.examples)} examples; threshold ${trained.model.threshold.toFixed(2)}`);
    say(`measured on ${String(trained.measured)} clean sentences that were not learned from`);
    const finder = new MisspellingFinder(trained.model);
    const rows = read.flatMap(({ name, pairs, uneven, isTarget }) => {
      if (uneven > 0) say(`${name}: ${String(uneven)} lines whose halves differ in length are left out`);
      return rowsOf(name, countHits(finder, pairs), isTarget);
    });
    const clean = read[0]?.pairs.map(({ right }) => right).join('\n') ?? '';
    const written = read[0]?.pairs.map(({ wrong }) => wrong).join('\n') ?? '';
    return [
      ...rows,
      speedRow('clean', finder, clean.slice(0, charactersOfSpeed)),
      speedRow('half of the sentences wrong', finder, written.slice(0, charactersOfSpeed)),
      await fileRow(trained),
      { what: 'spelling: learning', ours: `${seconds.toFixed(0)} s` },
    ];
  },
};

interface Learned {
  readonly trained: Trained;
  readonly excluded: number;
  readonly seconds: number;
}

async function train(pairs: readonly SentencePair[]): Promise<Learned> {
  const isOfTest = sentencesOfTest(pairs);
  const started = performance.now();
  const training = new SpellingTraining({ lore: loadCharacterLore(), dictionary: readDictionary(dict) });
  let excluded = 0;
  for await (const { key, text } of sourceTexts()) {
    const sentences = sentencesIn(text);
    const others = sentences.filter((sentence) => !isOfTest(sentence));
    excluded += sentences.length - others.length;
    training.take(others.join(''), numberOf(key) % keptApart === 0);
  }
  const trained = training.finish();
  return { trained, excluded, seconds: (performance.now() - started) / 1_000 };
}

function numberOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 13)) >>> 0;
}

interface Tally {
  wrong: number;
  flagged: number;
  found: number;
  mended: number;
}

interface Hits {
  readonly clean: number;
  readonly falseAlarms: number;
  readonly characters: Tally;
  readonly sentences: Tally;
}

function countHits(finder: MisspellingFinder, pairs: readonly SentencePair[]): Hits {
  const characters: Tally = { wrong: 0, flagged: 0, found: 0, mended: 0 };
  const sentences: Tally = { wrong: 0, flagged: 0, found: 0, mended: 0 };
  let [clean, falseAlarms] = [0, 0];
  for (const { wrong, right } of pairs) {
    const findings = finder.find(wrong);
    const changed = changedBy(wrong, findings);
    const isExact = tallyCharacters(characters, { wrong, right, changed }, findings);
    const isFlagged = findings.length > 0;
    if (isFlagged) sentences.flagged += 1;
    if (wrong === right) {
      clean += 1;
      if (isFlagged) falseAlarms += 1;
      continue;
    }
    sentences.wrong += 1;
    if (isExact) sentences.found += 1;
    if (changed === right) sentences.mended += 1;
  }
  return { clean, falseAlarms, characters, sentences };
}

/** Whether just the wrong characters were flagged. */
function tallyCharacters(
  tally: Tally,
  { wrong, right, changed }: SentencePair & { readonly changed: string },
  findings: readonly Misspelling[],
): boolean {
  let isExact = true;
  for (let at = 0; at < wrong.length; at += 1) {
    const isWrong = wrong[at] !== right[at];
    const isFlagged = findings.some(({ start, end }) => at >= start && at < end);
    if (isWrong) tally.wrong += 1;
    if (isFlagged) tally.flagged += 1;
    if (isWrong !== isFlagged) isExact = false;
    else if (isWrong) {
      tally.found += 1;
      if (changed[at] === right[at]) tally.mended += 1;
    }
  }
  return isExact;
}

function changedBy(text: string, findings: readonly Misspelling[]): string {
  return findings.reduceRight(
    (changed, { start, end, suggestion }) => changed.slice(0, start) + suggestion + changed.slice(end),
    text,
  );
}

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

function scoreOf(right: number, flagged: number, wrong: number): Score {
  const precision = flagged === 0 ? 0 : right / flagged;
  const recall = wrong === 0 ? 0 : right / wrong;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

function rowsOf(
  name: string,
  { clean, falseAlarms, characters, sentences }: Hits,
  isTarget: boolean,
): readonly Row[] {
  const row = (what: string, { precision, recall, f1 }: Score, isMain: boolean): Row => ({
    what: `spelling, ${name}: ${what}`,
    ours: `F1 ${f1.toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)})`,
    ...(isTarget && isMain ? { target: `F1 ≥ ${leastF1.toFixed(2)}`, met: f1 >= leastF1 } : {}),
  });
  const share = clean === 0 ? 0 : falseAlarms / clean;
  return [
    {
      what: `spelling, ${name}: clean sentences found fault with`,
      ours: `${asShare(share)} (${String(falseAlarms)} of ${String(clean)})`,
      ...(isTarget ? { target: `≤ ${asShare(mostFalseAlarms)}`, met: share <= mostFalseAlarms } : {}),
    },
    row('characters detected', scoreOf(characters.found, characters.flagged, characters.wrong), true),
    row('characters corrected', scoreOf(characters.mended, characters.flagged, characters.wrong), false),
    row('sentences detected', scoreOf(sentences.found, sentences.flagged, sentences.wrong), false),
    row('sentences corrected', scoreOf(sentences.mended, sentences.flagged, sentences.wrong), true),
  ];
}

function speedRow(name: string, finder: MisspellingFinder, text: string): Row {
  const times = Array.from({ length: 40 }, () => {
    const started = performance.now();
    finder.find(text);
    return performance.now() - started;
  }).slice(10);
  const median = quantile(times, 0.5);
  return {
    what: `spelling: ${String(text.length)} characters, ${name}`,
    ours: `median ${inMilliseconds(median)}, p95 ${inMilliseconds(quantile(times, 0.95))}`,
    target: `≤ ${inMilliseconds(mostMilliseconds)}`,
    met: median <= mostMilliseconds,
  };
}

async function fileRow({ model }: Trained): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-spelling-'));
  try {
    const file = join(directory, 'model.bin');
    await writeSpellingModel(file, model);
    const { size } = await stat(file);
    const started = performance.now();
    await readSpellingModel(file);
    const milliseconds = performance.now() - started;
    return {
      what: 'spelling: the model',
      ours: `${(size / 1e6).toFixed(0)} MB, read in ${inMilliseconds(milliseconds)}`,
      target: '≤ 200 MB, ≤ 2 s',
      met: size <= 200e6 && milliseconds <= 2_000,
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}
