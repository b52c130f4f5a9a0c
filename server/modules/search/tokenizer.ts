import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

import { foldText, gramsOf, type Run, splitRuns } from '../../platform/text-runs.ts';

/** What a query asks of the index: the tokens that must be there, and those that only add weight. */
export interface QueryTokens {
  readonly required: readonly string[];
  readonly extra: readonly string[];
}

export interface Tokenizer {
  /** Text for the full-text index: space-separated tokens, the gram stream first and in reading order. */
  indexText(text: string): string;
  queryTokens(text: string): QueryTokens;
  /** The gram stream alone; adjacent in the index exactly where the text is adjacent on the page. */
  phraseTokens(text: string): readonly string[];
  words(text: string): readonly string[];
}

/** Loading the dictionary takes some 100 ms and 50 MB, so a process builds one and hands it on. */
export function createTokenizer(): Tokenizer {
  const jieba = Jieba.withDict(dict);

  const wordsOf = (run: Run): string[] =>
    run.han && run.text.length > 1
      ? jieba.cutForSearch(run.text, true).filter((word) => Array.from(word).length > 1)
      : [];

  function indexText(text: string): string {
    const runs = splitRuns(foldText(text));
    const tokens: string[] = [];
    for (const run of runs) tokens.push(...gramsOf(run));
    // Words come after the gram stream: a phrase is looked up by positions in the stream, which they must
    // not interrupt. A two-character word repeats its gram, which gives real words more weight than pairs
    // that straddle two words.
    for (const run of runs) tokens.push(...wordsOf(run));
    // Every character once, so that a query of one character finds the page.
    const single = new Set<string>();
    for (const run of runs) if (run.han && run.text.length > 1) for (const c of run.text) single.add(c);
    return [...tokens, ...single].join(' ');
  }

  function queryTokens(text: string): QueryTokens {
    const runs = splitRuns(foldText(text));
    const required = new Set(runs.flatMap(gramsOf));
    const extra = new Set(runs.flatMap(wordsOf).filter((word) => !required.has(word)));
    return { required: [...required], extra: [...extra] };
  }

  return {
    indexText,
    queryTokens,
    phraseTokens: (text) => splitRuns(foldText(text)).flatMap(gramsOf),
    words: (text) => splitRuns(foldText(text)).flatMap(wordsOf),
  };
}
