import { existsSync, readFileSync } from 'node:fs';

import { createPersonalDataChecker } from '../server/modules/proofreading/check-personal-data.ts';
import type { Checker } from '../server/modules/proofreading/checked-text.ts';
import { formCheckers } from '../server/modules/proofreading/form-checkers.ts';
import { aBody } from '../test/checked.ts';
import { readCases, scoreCases } from '../test/personal-cases.ts';
import type { Bench, Row } from './bench.types.ts';
import { asShare, inMilliseconds, quantile } from './figures.ts';

const today = '2026-11-27';
const notices = new URL('../../shared/data/policy_qa/docs.jsonl', import.meta.url);
const stretch = 10_000;
const target = 0.98;
const targetMilliseconds = 10;

/** How well personal data is found in made-up cases, and how long it takes in real notices. */
export const personalData: Bench = {
  name: 'personal-data',
  run: ({ say }) => {
    const positive = readCases('positive');
    const negative = readCases('negative');
    const { precision, recall, right, cases, mistakes } = scoreCases([...positive, ...negative], today);
    for (const mistake of mistakes) say(mistake);
    const among = `${String(positive.length)} cases with and ${String(negative.length)} without`;
    const share = (what: string, value: number): Row => ({
      what: `personal data, ${what} (${among})`,
      ours: asShare(value),
      target: `≥ ${asShare(target)}`,
      met: value >= target,
    });
    return Promise.resolve([
      share('precision', precision),
      share('recall', recall),
      { what: 'personal data, cases without a mistake', ours: `${String(right)} of ${String(cases)}` },
      ...speedRows(),
    ]);
  },
};

/** On real notices laid end to end, ten thousand characters at a time. */
function speedRows(): readonly Row[] {
  if (!existsSync(notices)) return [];
  const text = readFileSync(notices, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .join('\n');
  const nothing: ReadonlySet<string> = new Set();
  const links = { own: nothing, approved: nothing, blocked: nothing, dead: nothing };
  const alone = timesOf(text, [createPersonalDataChecker()]);
  const together = timesOf(text, formCheckers({ links, emblems: nothing }));
  return [
    { what: 'personal data, 10,000 characters of notices', ours: told(alone) },
    {
      what: 'all checks of form, 10,000 characters of notices',
      ours: told(together),
      target: `p50 ≤ ${inMilliseconds(targetMilliseconds)}`,
      met: quantile(together, 0.5) <= targetMilliseconds,
    },
  ];
}

const told = (times: readonly number[]): string =>
  `p50 ${inMilliseconds(quantile(times, 0.5))}, p95 ${inMilliseconds(quantile(times, 0.95))}`;

function timesOf(text: string, checkers: readonly Checker[]): readonly number[] {
  const times: number[] = [];
  for (let at = 0; at + stretch <= text.length; at += stretch) {
    const words = text.slice(at, at + stretch);
    const content = { title: '', body: aBody(...words.split('\n')) };
    const parts = [{ part: 'body' as const, name: '正文', text: words }];
    const started = performance.now();
    for (const checker of checkers) checker.run({ type: 'policy', content, parts, facts: { today } });
    times.push(performance.now() - started);
  }
  return times;
}
