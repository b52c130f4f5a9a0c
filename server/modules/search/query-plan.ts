import { foldText } from '../../platform/text-runs.ts';
import type { Tokenizer } from './tokenizer.ts';

/** What a citizen typed, understood. Every part is data: nothing of it is an operator of the engine. */
export interface QueryPlan {
  /** Texts in quotation marks, as token sequences that must stand next to each other. */
  readonly phrases: readonly (readonly string[])[];
  /** Tokens that a page must all hold. */
  readonly required: readonly string[];
  /** All tokens, for "some of them" and for scoring: pairs of characters and longer words. */
  readonly any: readonly string[];
  readonly words: readonly string[];
  /** Stretches of the query, folded, for scoring by what stands together. */
  readonly stretches: readonly string[];
  /** What is marked in titles and snippets, folded. */
  readonly marks: readonly string[];
  /** The query as a document number, in one spelling, when it looks like one. */
  readonly documentNumber: string | null;
}

const quoted = /["“”„‟«»『』「」]([^"“”„‟«»『』「」]+)["“”„‟«»『』「」]/gu;

/** Words that make a question of a topic; pages that answer do not hold them. Longer ones first. */
const questionWords =
  /请问一下|请问|为什么|什么时候|什么样|什么|怎么样|怎么办|怎么|怎样|如何|哪一些|哪些|哪个|哪里|哪几|哪种|多少钱|多少|多久|是不是|是否|有没有|能不能|能否|可不可以|可否|几个|几点|何时|何地|何种|有何|吗|呢|呀/gu;

/** One spelling for `浔府发[2026]第12号`, `浔府发〔2026〕12 号` and the like. */
export function normalizeDocumentNumber(text: string): string {
  return foldText(text)
    .replace(/\s+/gu, '')
    .replace(/[[(〔【［（]/gu, '〔')
    .replace(/[\])〕】］）]/gu, '〕')
    .replace(/〕第/gu, '〕')
    .replace(/〕0+/gu, '〕');
}

function documentNumberOf(text: string): string | null {
  const normal = normalizeDocumentNumber(text);
  return /^[\p{L}]+〔\d{4}〕\d+号?$/u.test(normal) ? (normal.endsWith('号') ? normal : `${normal}号`) : null;
}

/** A long word that shorter ones make up is asked for by those: 农业贷款 is 农业 and 贷款. */
function isMadeUp(word: string, words: readonly string[]): boolean {
  const covered = new Set<number>();
  for (const part of words) {
    if (part.length >= word.length) continue;
    for (let at = word.indexOf(part); at >= 0; at = word.indexOf(part, at + 1)) {
      for (let i = at; i < at + part.length; i += 1) covered.add(i);
    }
  }
  return covered.size === word.length;
}

/** The grams of every word; characters outside words count only when nothing else is there. */
function requiredTokens(text: string, tokenizer: Tokenizer): string[] {
  const words = tokenizer.words(text);
  const required = new Set<string>();
  for (const word of words) {
    if (!isMadeUp(word, words)) for (const gram of tokenizer.phraseTokens(word)) required.add(gram);
  }
  for (const run of foldText(text).split(/[^\p{L}\p{M}\p{N}.]+/u)) {
    const covered = words.some((word) => run.includes(word));
    const grams = tokenizer.phraseTokens(run);
    // Latin words and numbers are their own tokens, and a run without any word is asked for as it stands.
    for (const gram of grams) if (!covered || !/\p{Script=Han}/u.test(gram)) required.add(gram);
  }
  return [...required];
}

export function planQuery(q: string, tokenizer: Tokenizer): QueryPlan {
  const phraseTexts = [...q.matchAll(quoted)].map((match) => match[1] ?? '');
  const phrases = phraseTexts
    .map((text) => tokenizer.phraseTokens(text))
    .filter((tokens) => tokens.length > 0);
  const rest = q.replace(quoted, ' ');
  const topic = foldText(rest).replace(questionWords, ' ');
  // A query of question words alone is looked up as it stands.
  const text = tokenizer.phraseTokens(topic).length > 0 || phrases.length > 0 ? topic : foldText(rest);
  const tokens = tokenizer.queryTokens(text);
  const required = requiredTokens(text, tokenizer);
  const words = tokenizer.words(text);
  const phraseMarks = phraseTexts.map((phrase) => foldText(phrase).trim());
  return {
    phrases,
    required,
    any: [...new Set([...tokens.required, ...tokens.extra, ...phrases.flat()])],
    words,
    stretches: [...text.split(/[^\p{L}\p{M}\p{N}]+/u), ...phraseMarks].filter((stretch) => stretch !== ''),
    marks: [...new Set([...phraseMarks, ...words, ...requiredMarks(text, words, tokenizer)])],
    documentNumber: documentNumberOf(q),
  };
}

/** Numbers, Latin words and single characters are marked too; pairs across two words are not. */
function requiredMarks(text: string, words: readonly string[], tokenizer: Tokenizer): string[] {
  const tokens = tokenizer.queryTokens(text).required;
  if (words.length === 0) return [...tokens];
  return tokens.filter((token) => !/\p{Script=Han}/u.test(token) || Array.from(token).length === 1);
}
