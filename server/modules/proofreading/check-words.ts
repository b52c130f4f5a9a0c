import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import type { WordRule } from '../../../contracts/rule-set.ts';
import type { CheckedText, Checker, TextPart } from './checked-text.ts';
import { type NormalText, normalize, normalizeTerm, writtenRange } from './normal-text.ts';
import { enoughOfEach, severer } from './severity.rules.ts';
import { buildAutomaton, type TermAutomaton } from './term-automaton.ts';

/** A set of words in force. */
export interface WordSet {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly rules: readonly WordRule[];
}

export const wordCheck = 'words';

interface Entry {
  readonly set: WordSet;
  readonly rule: WordRule;
  /** Longer words in which it may stand, normal, and where in them it stands. */
  readonly exceptions: readonly { readonly text: string; readonly at: number }[];
}

interface Hit {
  readonly entry: Entry;
  readonly severity: Severity;
  readonly start: number;
  readonly end: number;
}

/** Finds the words of all sets in one pass, however they are written (`normalize`). */
export function createWordChecker(sets: readonly WordSet[]): Checker {
  const { automaton, entries } = prepare(sets);
  return {
    key: wordCheck,
    reach: 'part',
    name: '词语',
    rules: [],
    run: (text: CheckedText) => text.parts.flatMap((part) => findIn(part, automaton, entries)),
  };
}

function prepare(sets: readonly WordSet[]): {
  readonly automaton: TermAutomaton;
  readonly entries: readonly (readonly Entry[])[];
} {
  const byTerm = new Map<string, Entry[]>();
  for (const set of sets) {
    for (const rule of set.rules) {
      const term = normalizeTerm(rule.word);
      if (term === '') continue;
      const entry = { set, rule, exceptions: exceptionsOf(rule, term) };
      const same = byTerm.get(term);
      if (same) same.push(entry);
      else byTerm.set(term, [entry]);
    }
  }
  const terms = [...byTerm.keys()].sort();
  return { automaton: buildAutomaton(terms), entries: terms.map((term) => byTerm.get(term) ?? []) };
}

const noExceptions: Entry['exceptions'] = [];

function exceptionsOf({ exceptions }: WordRule, term: string): Entry['exceptions'] {
  if (exceptions.length === 0) return noExceptions;
  return exceptions.map(normalizeTerm).flatMap((text) => {
    const places: { text: string; at: number }[] = [];
    for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) places.push({ text, at });
    return places;
  });
}

function findIn(
  part: TextPart,
  automaton: TermAutomaton,
  entries: readonly (readonly Entry[])[],
): readonly Finding[] {
  const normal = normalize(part.text);
  const hits: Hit[] = [];
  automaton.scan(normal.codes, (term, start, end) => {
    if (!standsAlone(normal.codes, start, end)) return;
    for (const entry of entries[term] ?? []) {
      if (entry.exceptions.some(({ text, at }) => standsAt(normal.codes, text, start - at))) continue;
      hits.push({ entry, severity: entry.rule.severity ?? entry.set.severity, start, end });
    }
  });
  return enoughOfEach(withoutInner(hits), ({ severity }) => severity).map((hit) =>
    describe(part, normal, hit),
  );
}

/** Letters and digits at the ends of a term are not the middle of a longer word. */
function standsAlone(codes: Uint16Array, start: number, end: number): boolean {
  return !(
    (isLetter(codes[start]) && isLetter(codes[start - 1])) ||
    (isLetter(codes[end - 1]) && isLetter(codes[end]))
  );
}

function isLetter(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39));
}

function standsAt(codes: Uint16Array, text: string, from: number): boolean {
  if (from < 0 || from + text.length > codes.length) return false;
  for (let at = 0; at < text.length; at += 1) if (codes[from + at] !== text.charCodeAt(at)) return false;
  return true;
}

/** Of words inside each other only the longest is told, unless one inside is severer. */
function withoutInner(hits: readonly Hit[]): readonly Hit[] {
  const kept: Hit[] = [];
  /** Of those that are kept the ones that reach beyond here: few, however many there are. */
  let reaching: Hit[] = [];
  for (const hit of hits.toSorted(outerFirst)) {
    reaching = reaching.filter((one) => one.end > hit.start);
    const outer = reaching.findLast((one) => one.end >= hit.end);
    if (outer && !severer(hit.severity, outer.severity)) continue;
    kept.push(hit);
    reaching.push(hit);
  }
  return kept;
}

const outerFirst = (one: Hit, other: Hit): number =>
  one.start - other.start ||
  other.end - one.end ||
  Number(severer(other.severity, one.severity)) - Number(severer(one.severity, other.severity));

const mostFound = 200;

function describe({ part, text }: TextPart, normal: NormalText, hit: Hit): Finding {
  const { set, rule } = hit.entry;
  const { start, end } = writtenRange(normal, hit.start, hit.end);
  return {
    check: wordCheck,
    rule: `${set.id}:${rule.word}`,
    ruleName: set.name,
    severity: hit.severity,
    place: { part, start, end },
    found: text.slice(start, end).slice(0, mostFound),
    suggestion: rule.prefer,
    message: messageOf(rule),
  };
}

function messageOf({ word, prefer, note }: WordRule): string {
  const sentence = prefer === null ? `“${word}”不宜出现。` : `“${word}”宜写作“${prefer}”。`;
  return `${sentence}${note}`;
}
