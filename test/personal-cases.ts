import { readFileSync } from 'node:fs';

import { findPersonalData } from '../server/modules/proofreading/personal-data.rules.ts';
import {
  type PersonalFind,
  type PersonalKind,
  personalKinds,
} from '../server/modules/proofreading/personal-data.types.ts';
import { usualMasks } from '../server/modules/proofreading/personal-mask.rules.ts';

/** A text and what stands in it that is personal. */
export interface PersonalCase {
  readonly text: string;
  readonly wanted: readonly Pick<PersonalFind, 'kind' | 'start' | 'end'>[];
}

/**
 * A case a line: what is to be found stands as `⟦mobile:13800000001⟧`, ⏎ is a line break and ⇥ the border of a cell.
 * The numbers are made up: areas that there are none of, days of birth before 1910, serials of noughts.
 */
export function readCases(name: 'positive' | 'negative'): readonly PersonalCase[] {
  const file = new URL(`fixtures/personal-data/${name}.txt`, import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readCase(line.replaceAll('⏎', '\n').replaceAll('⇥', '\t')));
}

function readCase(line: string): PersonalCase {
  let text = '';
  let at = 0;
  const wanted: PersonalCase['wanted'][number][] = [];
  for (const match of line.matchAll(/⟦([a-z-]+):([^⟧]+)⟧/gu)) {
    const [all, kind, words = ''] = match;
    text += line.slice(at, match.index);
    wanted.push({ kind: requireKind(kind), start: text.length, end: text.length + words.length });
    text += words;
    at = match.index + all.length;
  }
  return { text: text + line.slice(at), wanted };
}

function requireKind(text: string | undefined): PersonalKind {
  const kind = personalKinds.find((one) => one === text);
  if (kind === undefined) throw new Error(`no kind of personal data: ${text ?? ''}`);
  return kind;
}

export interface Score {
  readonly cases: number;
  /** Cases with everything found and nothing else. */
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly mistakes: readonly string[];
}

/** How well the finder does, counted by finds. */
export function scoreCases(cases: readonly PersonalCase[], today: string): Score {
  let [found, missed, extra, right] = [0, 0, 0, 0];
  const mistakes: string[] = [];
  for (const { text, wanted } of cases) {
    const finds = findPersonalData(text, { today, masks: usualMasks });
    const lost = wanted.filter((one) => !finds.some((find) => isSame(one, find)));
    const wrong = finds.filter((find) => !wanted.some((one) => isSame(one, find)));
    found += wanted.length - lost.length;
    missed += lost.length;
    extra += wrong.length;
    if (lost.length + wrong.length === 0) right += 1;
    for (const { kind, start, end } of lost)
      mistakes.push(`missed ${kind} ${text.slice(start, end)}: ${text}`);
    for (const { kind, start, end } of wrong)
      mistakes.push(`wrong ${kind} ${text.slice(start, end)}: ${text}`);
  }
  return {
    cases: cases.length,
    right,
    precision: found / (found + extra),
    recall: found / (found + missed),
    mistakes,
  };
}

const isSame = (one: PersonalCase['wanted'][number], find: PersonalFind): boolean =>
  one.kind === find.kind && one.start < find.end && find.start < one.end;
