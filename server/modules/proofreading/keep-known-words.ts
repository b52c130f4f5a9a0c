import { mostKnownWords, type KnownWord, type SpellingState } from '../../../contracts/spelling.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { requireRuleKeeper, requireRuleReader } from './proofreading.policy.ts';
import {
  countKnownWords,
  deleteKnownWord,
  insertKnownWords,
  keptWords,
  lastTraining,
} from './spelling.queries.ts';

export async function readSpelling({
  db,
  actor,
}: Reader): Promise<{ state: SpellingState; words: KnownWord[] }> {
  requireRuleReader(actor);
  const training = await lastTraining(db);
  const words = await keptWords(db);
  return {
    state: {
      isLearned: training?.digest != null,
      texts: training?.texts ?? 0,
      characters: training?.characters ?? 0,
      trainedAt: training?.trainedAt.toISOString() ?? null,
    },
    words: words.map((word) => ({ ...word, addedAt: word.addedAt.toISOString() })),
  };
}

export const addKnownWords = defineCommand(
  'proofreading.add-known-words',
  (input: { readonly words: readonly string[] }, result: { readonly added: number } | undefined) => ({
    kind: 'known-word',
    id: null,
    details: { words: [...input.words], added: result?.added ?? 0 },
  }),
  async (ctx, { words }): Promise<{ added: number }> => {
    requireRuleKeeper(ctx.actor);
    const added = await insertKnownWords(ctx.db, words, { by: ctx.actor, at: ctx.now });
    if ((await countKnownWords(ctx.db)) > mostKnownWords) {
      const most = mostKnownWords.toLocaleString('en');
      throw new AppError(
        'invalid',
        'proofreading.too-many-words',
        `正确词语最多 ${most} 个，请先删去不用的。`,
      );
    }
    return { added };
  },
);

export const removeKnownWord = defineCommand(
  'proofreading.remove-known-word',
  (input: { readonly id: string }, result: { readonly word: string } | undefined) => ({
    kind: 'known-word',
    id: input.id,
    ...(result ? { details: { word: result.word } } : {}),
  }),
  async (ctx, { id }): Promise<{ word: string }> => {
    requireRuleKeeper(ctx.actor);
    const word = await deleteKnownWord(ctx.db, id);
    if (word !== undefined) return { word };
    throw new AppError('not-found', 'proofreading.word-not-found', '没有这个词语，可能刚被删去。');
  },
);
