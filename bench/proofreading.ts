import { existsSync } from 'node:fs';

import { dict } from '@node-rs/jieba/dict.js';

import { mostCheckedCharacters } from '../contracts/proofreading.ts';
import { mostRules, type Rule, type RuleSetKind } from '../contracts/rule-set.ts';
import type { Parts } from '../server/app.ts';
import { systemActor } from '../server/platform/context.ts';
import { changeRules, createRuleSet, importRules, runNight } from '../server/modules/proofreading/index.ts';
import { loadCharacterLore, readDictionary } from '../server/modules/proofreading/character-lore.ts';
import { loadFormCheckers } from '../server/modules/proofreading/load-form-checkers.ts';
import { writeSpellingModel } from '../server/modules/proofreading/spelling-model-file.ts';
import { recordTraining } from '../server/modules/proofreading/spelling.queries.ts';
import { SpellingTraining } from '../server/modules/proofreading/train-spelling.ts';
import { aBody } from '../test/checked.ts';
import type { Bench, Row } from './bench.types.ts';
import { inMilliseconds, inSeconds, quantile, secondsSince, withCommas } from './figures.ts';
import { generatedPassage } from './generated-text.ts';
import { notices, sourceTexts } from './spelling-texts.ts';

const charactersAtOnce = 10_000;
const targetMilliseconds = 50;
const targetSeconds = 600;
const mostTimes = 50;
/** What the program is made fast by, before it is timed. */
const firstTimes = 5;
/** One text in so many is kept apart while spelling is learned. */
const keptApart = 12;
/** One notice in so many is read, and not learned from. */
const noticesOneIn = 3;
const patternCount = 20;
const leaderCount = 60;
const day = '2030-01-02';
const night = new Date('2030-01-01T19:00:00Z');
const operator = { ...systemActor('bench'), roles: ['operator'] as const };

/** Numbers that are the same in every run. */
function createRandom(): (below: number) => number {
  let seed = 1;
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

const random = createRandom();
const characters = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(0x4e00 + random(3_000) * 5)).join('');

/** As many different words as one set may have. */
function someWords(): readonly string[] {
  const words = new Set<string>();
  while (words.size < mostRules.word) words.add(characters(2 + random(5)));
  return [...words];
}

/**
 * All checks of a process: the operators' rules (made-up words, as many as a set may have, patterns and leaders), the
 * checks of form with what the database knows, misspellings; of real notices where they lie beside the repository.
 */
export const proofreading: Bench = {
  name: 'proofreading',
  async run(scene) {
    const { parts } = await scene.district();
    const words = someWords();
    scene.say(`bringing in ${withCommas(words.length)} words`);
    await keepRules(parts, words);
    const texts = await readTexts();
    const isReal = texts.length > 0;
    if (isReal) scene.say(`spelling learned from ${withCommas(await learn(parts, texts))} characters`);
    else scene.say('no notices beside the repository: generated texts, and no misspellings are looked for');
    const began = performance.now();
    await parts.proofreader.ready(parts.db, day);
    scene.say(`rules and model read in ${inSeconds(secondsSince(began))}`);
    const what = isReal ? 'notices' : 'generated text';
    const read = isReal ? texts.join('\n') : generatedText();
    const times = await timesOf(parts, read, words);
    const nightRow = await nightRowOf(parts);
    const p95 = quantile(times, 0.95);
    return [
      {
        what: `All checks of ${withCommas(charactersAtOnce)} characters of ${what}: ${[
          `${withCommas(words.length)} words`,
          `${String(leaderCount)} leaders`,
          `${String(patternCount)} patterns`,
          `form${isReal ? ', spelling' : ''}`,
        ].join(', ')}`,
        ours: `p50 ${inMilliseconds(quantile(times, 0.5))}, p95 ${inMilliseconds(p95)}`,
        target: `p95 ≤ ${String(targetMilliseconds)} ms`,
        met: p95 <= targetMilliseconds,
      },
      await breathRow(parts, read.slice(0, mostCheckedCharacters)),
      nightRow,
    ];
  },
};

async function keepRules(parts: Parts, words: readonly string[]): Promise<void> {
  const as = { actor: operator };
  const settings = { severity: 'note', enabled: true, effectiveFrom: null, effectiveTo: null } as const;
  const create = (kind: RuleSetKind, name: string) =>
    parts.performAsSystem(createRuleSet, { kind, name, ...settings }, as);
  const put = async (kind: RuleSetKind, name: string, rules: Rule[]): Promise<void> => {
    const { id, version } = await create(kind, name);
    const change = { id, expectedVersion: version, put: rules, remove: [], note: '' };
    await parts.performAsSystem(changeRules, change, as);
  };
  const { id, version } = await create('word', '词语');
  const list = { format: 'txt', mode: 'add', text: words.join('\n'), note: '' } as const;
  await parts.performAsSystem(importRules, { id, expectedVersion: version, ...list }, as);
  const patterns = Array.from({ length: patternCount }, (_, at) => ({
    ...{ name: `句式${String(at)}`, message: '请核对', severity: null },
    pattern: `第[一-龥]{1,8}${characters(1)}(?:件|条)`,
  }));
  await put('pattern', '句式', patterns);
  const leaders = Array.from({ length: leaderCount }, (_, at) => ({
    ...{ name: characters(3), rank: at + 1, from: null, to: null },
    titles: [at % 2 === 0 ? '副区长' : '局长'],
  }));
  await put('leader', '领导人', leaders);
}

/** Every third notice: they are not learned from. Empty where none lie beside the repository. */
async function readTexts(): Promise<readonly string[]> {
  if (!existsSync(notices)) return [];
  const texts: string[] = [];
  let count = 0;
  for await (const { source, text } of sourceTexts()) {
    if (source !== notices) continue;
    if (count % noticesOneIn === 0) texts.push(text);
    count += 1;
  }
  return texts;
}

/** What a library with those texts would have learned in the night. */
async function learn(parts: Parts, apart: readonly string[]): Promise<number> {
  const unknown = new Set(apart);
  const training = new SpellingTraining({ lore: loadCharacterLore(), dictionary: readDictionary(dict) });
  let texts = 0;
  for await (const { text } of sourceTexts()) {
    if (unknown.has(text)) continue;
    training.take(text, texts % keptApart === 0);
    texts += 1;
  }
  const { model, measured } = training.finish();
  const { characters: learned } = training;
  const digest = await writeSpellingModel(parts.spellingFile, model);
  const about = { resources: texts, texts, trainedAt: night, characters: learned };
  await recordTraining(parts.db, { ...about, digest, threshold: model.threshold, measured });
  return learned;
}

function generatedText(): string {
  let text = '';
  for (let at = 0; text.length < mostCheckedCharacters; at += 1) text += `${generatedPassage(at).text}\n`;
  return text;
}

async function check(parts: Parts, text: string): Promise<void> {
  const content = { title: '关于开展有关工作的通知', body: aBody(...text.split('\n').filter(Boolean)) };
  const ofTheMoment = await loadFormCheckers(parts.db, [content]);
  const facts = { today: day };
  await parts.proofreader.check({
    key: 'article',
    type: { fields: [] },
    content,
    files: [],
    facts,
    ofTheMoment,
  });
}

/** Every stretch holds some of the listed words. A process that has only begun is slower: its first few are not counted. */
async function timesOf(parts: Parts, read: string, words: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  const most = Math.min(mostTimes, Math.floor(read.length / charactersAtOnce));
  for (let time = -firstTimes; time < most; time += 1) {
    const word = words[random(words.length)] ?? '';
    const start = ((time + most) % most) * charactersAtOnce;
    const text = read.slice(start, start + charactersAtOnce);
    const began = performance.now();
    await check(parts, text.replaceAll('\n第', `\n${word}第`));
    if (time >= 0) times.push(performance.now() - began);
  }
  return times;
}

/** How long others in the process wait for their turn at most, while a text of the longest kind is checked. */
async function breathRow(parts: Parts, text: string): Promise<Row> {
  let isChecking = true;
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const at = performance.now();
    longest = Math.max(longest, at - last);
    last = at;
    if (isChecking) setImmediate(look);
  };
  look();
  const began = performance.now();
  await check(parts, text);
  const whole = performance.now() - began;
  isChecking = false;
  return {
    what: `All checks of ${withCommas(text.length)} characters`,
    ours: `${inMilliseconds(whole)}; others wait at most ${inMilliseconds(longest)} at a time`,
  };
}

async function nightRowOf({ db, proofreader, options }: Parts): Promise<Row> {
  const began = performance.now();
  let resources = 0;
  for (let more = 1; more > 0; resources += more)
    more = await runNight({ db, proofreader, clock: () => night, log: options.log });
  const seconds = secondsSince(began);
  const whole = (seconds / resources) * 130_000;
  return {
    what: `The nightly run over ${withCommas(resources)} published resources`,
    ours: `${inSeconds(seconds)}; for 130,000 ${inSeconds(whole)}`,
    target: `${String(targetSeconds)} s for 130,000`,
    met: whole <= targetSeconds,
  };
}
