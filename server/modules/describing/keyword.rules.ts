import { plainWords } from './plain-words.rules.ts';

/** A word of a text with the kind of word it is, in the letters of the dictionary of Chinese words. */
export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}

/** What may become a keyword: one word, or several that stand beside each other again and again. */
export interface KeywordCandidate {
  readonly text: string;
  readonly parts: readonly string[];
  readonly inTitle: number;
  readonly inBody: number;
  /** Places in general are on every page, verbs and qualities say little alone: from 0 to 1. */
  readonly kind: number;
}

/** How much a single word of this kind says. What is not here is never a keyword. */
const kinds: Readonly<Record<string, number>> = {
  n: 1,
  nz: 1,
  nt: 0.6,
  nrt: 0.6,
  ns: 0.35,
  nr: 0.4,
  vn: 1,
  an: 0.8,
  j: 1,
  l: 0.9,
  eng: 0.4,
  v: 0.5,
  // New words, that the dictionary does not know.
  x: 0.5,
};
/** What may stand in front of a noun and make a term with it. */
const modifiers: ReadonlySet<string> = new Set(['n', 'nz', 'nr', 'vn', 'an', 'j', 'l', 'v', 'a', 'b', 'x']);
const heads: ReadonlySet<string> = new Set(['n', 'nz', 'nr', 'vn', 'an', 'j', 'l']);
const shortestTerm = 4;
const longestTerm = 10;
const mostParts = 3;
const longestKeyword = 30;
const wordForm = /^(?:\p{Script=Han}{2,12}|[a-z][a-z0-9+-]{1,19})$/iu;

interface Counted {
  text: string;
  parts: readonly string[];
  inTitle: number;
  inBody: number;
  kind: number;
}

/** Whether a word could be a keyword at all, whatever kind of word it is. */
export function isKeywordForm(word: string): boolean {
  return wordForm.test(word) && !plainWords.has(word);
}

/** The words and the terms of several words in a text, each with how often it is there. */
export function keywordCandidates(
  title: readonly TaggedWord[],
  body: readonly TaggedWord[],
): readonly KeywordCandidate[] {
  const found = new Map<string, Counted>();
  const count = (words: readonly TaggedWord[], place: 'inTitle' | 'inBody'): void => {
    for (let at = 0; at < words.length; at += 1) {
      for (let length = 1; length <= mostParts && at + length <= words.length; length += 1) {
        const parts = words.slice(at, at + length);
        const kind = length === 1 ? kindOfWord(parts[0]) : kindOfTerm(parts);
        if (kind === undefined) continue;
        const text = parts.map((one) => one.word).join('');
        const before = found.get(text);
        if (before) before[place] += 1;
        else
          found.set(text, {
            text,
            parts: parts.map((one) => one.word),
            inTitle: 0,
            inBody: 0,
            kind,
            [place]: 1,
          });
      }
    }
  };
  count(title, 'inTitle');
  count(body, 'inBody');
  return [...found.values()].filter(
    // What is said once and not in the title, a text is not about.
    ({ parts, inTitle, inBody }) => inTitle + inBody > 1 || (inTitle > 0 && parts.length === 1),
  );
}

function kindOfWord(one: TaggedWord | undefined): number | undefined {
  if (!one || !isKeywordForm(one.word)) return undefined;
  const kind = kinds[one.tag] ?? 0;
  return kind > 0 ? kind : undefined;
}

function kindOfTerm(parts: readonly TaggedWord[]): number | undefined {
  const head = parts.at(-1);
  if (!head || !heads.has(head.tag) || parts.some((one) => !isWhole(one.word))) return undefined;
  if (parts.slice(0, -1).some((one) => !modifiers.has(one.tag))) return undefined;
  const length = parts.reduce((sum, one) => sum + one.word.length, 0);
  return length >= shortestTerm && length <= longestTerm ? 1 : undefined;
}

const isWhole = (word: string): boolean => /^(?!第)\p{Script=Han}{2,}$/u.test(word) && !plainWords.has(word);

export interface KeywordWish {
  /** How rare a word is: the higher, the more it says. */
  readonly rarity: (word: string) => number;
  /** What a vocabulary calls it; undefined when no vocabulary knows it. */
  readonly preferred: (text: string) => string | undefined;
  /** Of the unit, and never suggested. */
  readonly ownNames: readonly string[];
  /** What is there already. */
  readonly taken: readonly string[];
  readonly most: number;
}

/** A managed word is one that people look for. */
const managedBonus = 1.2;
const termBonus = 1.3;
const titleBonus = 4;

interface Ranked extends KeywordCandidate {
  readonly name: string;
  readonly score: number;
}

function scoreOf(candidate: KeywordCandidate, rarity: (word: string) => number): number {
  const { inTitle, inBody, parts, kind } = candidate;
  const often = inBody + inTitle * titleBonus;
  const rare = parts.reduce((sum, word) => sum + rarity(word), 0) / parts.length;
  return Math.log2(1 + often) ** 1.5 * rare * kind * (parts.length > 1 ? termBonus : 1);
}

/** The best keywords of a text, the best first. */
export function rankKeywords(
  candidates: readonly KeywordCandidate[],
  { rarity, preferred, ownNames, taken, most }: KeywordWish,
): readonly string[] {
  const ranked = candidates
    .map((one): Ranked => {
      const managed = preferred(one.text);
      const score = scoreOf(one, rarity) * (managed === undefined ? 1 : managedBonus);
      return { ...one, name: managed ?? one.text, score };
    })
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1));
  const chosen: Ranked[] = [];
  for (const one of ranked) {
    if (chosen.length >= most) break;
    if (one.name.length > longestKeyword || plainWords.has(one.name) || taken.includes(one.name)) continue;
    if (isOwnName(one.name, ownNames) || chosen.some((other) => repeats(one, other))) continue;
    chosen.push(one);
  }
  return chosen.map((one) => one.name);
}

/** The name itself, the larger part of it, or a longer form of it. */
function isOwnName(text: string, names: readonly string[]): boolean {
  return names.some(
    (name) =>
      text === name ||
      (name.length >= shortestTerm &&
        (text.includes(name) || (name.includes(text) && text.length * 2 >= name.length))),
  );
}

const timesOf = ({ inTitle, inBody }: KeywordCandidate): number => inTitle + inBody;

/** Says nothing beside what was chosen: the same name, a part that hardly stands alone, or a term that overlaps. */
function repeats(one: Ranked, chosen: Ranked): boolean {
  if (one.name === chosen.name) return true;
  if (chosen.text.includes(one.text)) return timesOf(one) < timesOf(chosen) * 2;
  if (one.text.includes(chosen.text)) return timesOf(one) * 2 < timesOf(chosen) || one.parts.length > 1;
  const shared = one.parts.filter((part) => chosen.parts.includes(part)).join('').length;
  return shared * 3 >= Math.min(one.text.length, chosen.text.length);
}
