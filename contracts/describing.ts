import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, IdParams } from './endpoint.ts';

export const mostSuggestedKeywords = 8;

export const SuggestedKeywords = Closed({
  keywords: Type.Array(Type.String({ minLength: 1, maxLength: 30 }), {
    maxItems: mostSuggestedKeywords,
    description: 'The best first; nothing that the resource has already.',
  }),
});
export type SuggestedKeywords = Static<typeof SuggestedKeywords>;

export const SuggestedSummary = Closed({
  summary: Type.String({ maxLength: 500, description: 'Sentences of the text itself; empty when none fit.' }),
});
export type SuggestedSummary = Static<typeof SuggestedSummary>;

/** What describes a resource, suggested from its newest text. Nothing is written: the editor takes it or leaves it. */
export const describingApi = {
  suggestKeywords: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/suggested-keywords',
    summary: 'Keywords that the newest text of a resource suggests, rare words of the library first.',
    access: 'signed-in',
    params: IdParams,
    response: SuggestedKeywords,
  }),
  suggestSummary: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/suggested-summary',
    summary: 'A summary made of sentences of the newest text of a resource.',
    access: 'signed-in',
    params: IdParams,
    response: SuggestedSummary,
  }),
} as const;
