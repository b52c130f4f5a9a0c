import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams } from './endpoint.ts';

/** How often one value occurs among what the list shows. */
export const FacetValue = Closed({
  value: Type.String(),
  name: Type.String({ description: 'Chinese, for people.' }),
  number: Type.Integer(),
});
export type FacetValue = Static<typeof FacetValue>;

const values = Type.Array(FacetValue, { description: 'The most frequent first, at most 100.' });
export const Facets = Closed({
  unitId: values,
  type: values,
  stage: values,
  openMode: values,
  validity: values,
  year: values,
  columnId: values,
  topic: values,
  genre: values,
  audience: values,
  lifeEvent: values,
  region: values,
  issuer: values,
  capped: Type.Boolean({ description: 'There is more than was counted: every number means "at least".' }),
});
export type Facets = Static<typeof Facets>;

export const SavedView = Closed({ id: Id, name: Type.String(), search: Type.String() });
export type SavedView = Static<typeof SavedView>;
export const NewSavedView = Closed({
  name: Type.String({ minLength: 1, maxLength: 30 }),
  /** The query of the list's address, without its question mark. */
  search: Type.String({ maxLength: 500 }),
});
export type NewSavedView = Static<typeof NewSavedView>;

export const viewApi = {
  listViews: defineEndpoint({
    method: 'GET',
    path: '/api/resource-views',
    summary: 'The filters that the caller keeps.',
    access: 'signed-in',
    response: Type.Array(SavedView),
  }),
  keepView: defineEndpoint({
    method: 'POST',
    path: '/api/resource-views',
    summary:
      'Keep filters under a name; the same name again replaces them. Answers all that the caller keeps.',
    access: 'signed-in',
    body: NewSavedView,
    response: Type.Array(SavedView),
    status: 201,
  }),
  forgetView: defineEndpoint({
    method: 'DELETE',
    path: '/api/resource-views/:id',
    summary: 'Keep these filters no longer. Answers all that are left.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(SavedView),
  }),
} as const;
