import { mostRules } from '../contracts/rule-set.ts';
import { systemActor } from '../server/platform/context.ts';
import {
  changeRules,
  createProofreader,
  createRuleSet,
  importRules,
  runNight,
} from '../server/modules/proofreading/index.ts';
import type { Bench } from './bench.types.ts';
import { inMilliseconds, inSeconds, quantile, secondsSince, withCommas } from './figures.ts';

const charactersAtOnce = 10_000;
const targetMilliseconds = 50;
const targetSeconds = 600;
const timesEach = 50;
const night = new Date('2030-01-01T19:00:00Z');

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

/** All checks with as many words as a set may have: of a long text as one types it, and of everything published at night. */
export const proofreading: Bench = {
  name: 'proofreading',
  async run(scene) {
    const { parts } = await scene.district();
    const { db } = parts;
    const actor = { ...systemActor('bench'), roles: ['operator'] as const };
    const words = someWords();
    scene.say(`bringing in ${withCommas(words.length)} words`);
    const settings = { severity: 'note', enabled: true, effectiveFrom: null, effectiveTo: null } as const;
    const as = { actor };
    const set = await parts.performAsSystem(createRuleSet, { kind: 'word', name: '词语', ...settings }, as);
    const list = { format: 'txt', mode: 'add', text: words.join('\n'), note: '' } as const;
    await parts.performAsSystem(importRules, { id: set.id, expectedVersion: set.version, ...list }, as);
    const patterns = await parts.performAsSystem(
      createRuleSet,
      { kind: 'pattern', name: '句式', ...settings },
      as,
    );
    await parts.performAsSystem(
      changeRules,
      {
        ...{ id: patterns.id, expectedVersion: patterns.version, remove: [], note: '' },
        put: Array.from({ length: 20 }, (_, at) => ({
          ...{
            name: `句式${String(at)}`,
            pattern: `第[一-龥]{1,8}${characters(1)}(?:件|条)`,
            message: '请核对',
          },
          severity: null,
        })),
      },
      as,
    );
    const proofreader = createProofreader();
    const began = performance.now();
    await proofreader.ready(db, '2030-01-02');
    scene.say(`rules read and compiled in ${inSeconds(secondsSince(began))}`);
    const times = await timesOf(words, (transcript) =>
      proofreader.check({
        key: 'article',
        type: { fields: [{ key: 'transcript', name: '', kind: 'text', requiredAt: 'never', group: 'main' }] },
        content: { title: '', transcript },
        files: [],
        facts: { today: '2030-01-02' },
      }),
    );
    const nightBegan = performance.now();
    let resources = 0;
    for (let more = 1; more > 0; resources += more)
      more = await runNight({ db, proofreader, clock: () => night });
    const seconds = secondsSince(nightBegan);
    const p95 = quantile(times, 0.95);
    const whole = (seconds / resources) * 130_000;
    return [
      {
        what: `Checks of ${withCommas(charactersAtOnce)} characters, ${withCommas(words.length)} words and 20 patterns`,
        ours: `p50 ${inMilliseconds(quantile(times, 0.5))}, p95 ${inMilliseconds(p95)}`,
        target: `p95 ≤ ${String(targetMilliseconds)} ms`,
        met: p95 <= targetMilliseconds,
      },
      {
        what: `The nightly run over ${withCommas(resources)} published resources`,
        ours: `${inSeconds(seconds)}; for 130,000 ${inSeconds(whole)}`,
        target: `${String(targetSeconds)} s for 130,000`,
        met: whole <= targetSeconds,
      },
    ];
  },
};

async function timesOf(
  words: readonly string[],
  check: (text: string) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let time = 0; time < timesEach; time += 1) {
    let text = '';
    while (text.length < charactersAtOnce) {
      text += random(50) === 0 ? (words[random(words.length)] ?? '') : characters(20);
    }
    const began = performance.now();
    await check(text.slice(0, charactersAtOnce));
    times.push(performance.now() - began);
  }
  return times;
}
