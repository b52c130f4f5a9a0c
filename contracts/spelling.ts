import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';

/** Whether spelling was learned from what is published, and from how much. */
export const SpellingState = Closed({
  /** False: there was too little, or nobody tried yet; the finder says nothing. */
  isLearned: Type.Boolean(),
  texts: Type.Integer(),
  characters: Type.Integer(),
  /** Null when nobody tried yet. */
  trainedAt: Type.Union([Instant, Type.Null()]),
});
export type SpellingState = Static<typeof SpellingState>;

const wordPattern = '^[\\p{Script=Han}A-Za-z0-9·]+$';
/** A word that is right, whatever the finder of misspellings thinks. */
export const KnownWord = Closed({
  id: Id,
  word: Type.String(),
  addedByName: Type.String(),
  addedAt: Instant,
});
export type KnownWord = Static<typeof KnownWord>;

export const mostKnownWords = 5_000;

export const spellingApi = {
  getSpelling: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/spelling',
    summary:
      'What the finder of misspellings learned from, and the words that are right. Operators and supervisors only.',
    access: 'signed-in',
    response: Closed({ state: SpellingState, words: Type.Array(KnownWord) }),
  }),
  addKnownWords: defineEndpoint({
    method: 'POST',
    path: '/api/proofreading/known-words',
    summary: 'Words that are right: what lies within one is not taken for a misspelling. Operators only.',
    access: 'signed-in',
    body: Closed({
      words: Type.Array(Type.String({ minLength: 2, maxLength: 40, pattern: wordPattern }), {
        minItems: 1,
        maxItems: 200,
        uniqueItems: true,
      }),
    }),
    response: Closed({ added: Type.Integer() }),
  }),
  removeKnownWord: defineEndpoint({
    method: 'DELETE',
    path: '/api/proofreading/known-words/:id',
    summary: 'A word is judged like others again. Operators only.',
    access: 'signed-in',
    params: IdParams,
    response: Closed({ word: Type.String() }),
  }),
} as const;
