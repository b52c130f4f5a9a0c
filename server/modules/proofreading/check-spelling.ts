import type { Finding } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import type { Checker, TextPart } from './checked-text.ts';
import { MisspellingFinder } from './find-misspellings.ts';
import type { Proofreader } from './proofreader.ts';
import { readSpellingModel } from './spelling-model-file.ts';
import { knownWords, spellingState } from './spelling.queries.ts';

/** Finds misspellings by the model that was learned last; silent until there is one. */
export interface SpellingChecker extends Checker {
  /** Takes up a newer model, and the known words as they are now. */
  readonly refresh: (db: Db) => Promise<void>;
}

const rule = { key: 'misspelling', name: '疑似错别字', severity: 'note' } as const;
/** What the checker is called, without its model. */
export const spellingCheck = { key: 'spelling', name: '错别字', rules: [rule] } as const;
/** Of one part; a text with more is none that the model knows anything about. */
const mostPerPart = 50;

export function createSpellingChecker(file: string): SpellingChecker {
  let finder: MisspellingFinder | undefined;
  let digest: string | null = null;
  let words: { readonly state: string; readonly list: readonly string[] } = { state: '', list: [] };
  const findIn = ({ part, text }: TextPart): readonly Finding[] => {
    const found = finder?.find(text, { knownWords: words.list }) ?? [];
    return found.slice(0, mostPerPart).map(({ start, end, found: written, suggestion }) => ({
      ...{ check: spellingCheck.key, rule: rule.key, ruleName: rule.name, severity: rule.severity },
      ...{ place: { part, start, end }, found: written, suggestion },
      message: `“${written}”疑似“${suggestion}”之误，请核对。`,
    }));
  };
  return {
    ...{ ...spellingCheck, reach: 'line' },
    async refresh(db) {
      const state = await spellingState(db);
      if (state.words !== words.state) words = { state: state.words, list: await knownWords(db) };
      if (state.digest === digest) return;
      // Where the file does not lie yet, or another one, it is looked for again with the next text.
      const read = state.digest === null ? undefined : await readSpellingModel(file);
      if (state.digest !== null && read?.digest !== state.digest) return;
      finder = read && new MisspellingFinder(read.model);
      ({ digest } = state);
    },
    run: ({ parts }) => parts.flatMap(findIn),
  };
}

/** A proofreader that takes up the newest model before it checks. */
export function withSpelling(proofreader: Proofreader, spelling: SpellingChecker): Proofreader {
  return {
    ready: async (db, day) => {
      await spelling.refresh(db);
      return proofreader.ready(db, day);
    },
    check: (text) => proofreader.check(text),
  };
}
