import { stat } from 'node:fs/promises';

import type { Finding } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import type { Checker, TextPart } from './checked-text.ts';
import { indexKnownWords, type KnownWords, MisspellingFinder } from './find-misspellings.ts';
import { holdLatest } from './hold-latest.ts';
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
  let words: KnownWords | undefined;
  const wordsByState = holdLatest<KnownWords>();
  const models = holdLatest<HeldModel>();
  const findIn = ({ part, text }: TextPart): readonly Finding[] => {
    const found = finder?.find(text, words && { knownWords: words }) ?? [];
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
      words = await wordsByState.get(state.words, async () => indexKnownWords(await knownWords(db)));
      if (state.digest === digest) return;
      // Where another file lies, or none, it is looked at with each text, but read again only when it changed.
      const wanted = state.digest;
      const held =
        wanted === null
          ? noModel
          : await models.get(`${wanted} ${await stampOf(file)}`, () => readModel(file, wanted));
      if (held.finder !== undefined || wanted === null) [finder, digest] = [held.finder, wanted];
    },
    run: ({ parts }) => parts.flatMap(findIn),
  };
}

interface HeldModel {
  readonly finder?: MisspellingFinder;
}

const noModel: HeldModel = {};

/** Empty when the file is not the one that is wanted. */
async function readModel(file: string, wanted: string): Promise<HeldModel> {
  const read = await readSpellingModel(file);
  return read?.digest === wanted ? { finder: new MisspellingFinder(read.model) } : noModel;
}

/** What changes whenever the file does; empty when there is none. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found ? [found.ino, found.mtimeMs, found.size].join(' ') : '';
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
