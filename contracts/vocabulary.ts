import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { Vocabulary } from './term-reference.ts';

export * from './term-reference.ts';

export const vocabularyErrorCodes = [
  'vocabulary.operator-required',
  'vocabulary.term-not-found',
  'vocabulary.term-changed',
  'vocabulary.term-invalid',
  'vocabulary.code-taken',
  'vocabulary.name-taken',
  'vocabulary.too-many-terms',
  'vocabulary.loop',
  'vocabulary.import-invalid',
] as const;

/** One line without blanks around it and without the signs that separate names in a file. */
const Name = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\s；;|](?:[^\\n\\r；;|]*[^\\s；;|])?$',
});
export const termCode = '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$';
const Code = Type.String({ pattern: termCode, description: 'Given once, never changed, never given again.' });
const optionalCode = Type.Union([Code, Type.Null()]);
const Note = Type.Optional(Type.String({ maxLength: 200 }));
const ExpectedVersion = Type.Integer({ minimum: 1, maximum: 1_000_000 });

const wording = {
  label: Name,
  /** Other names by which it is found; never shown to citizens. */
  synonyms: Type.Array(Name, { maxItems: 30, uniqueItems: true }),
  /** The code of the broader term. */
  parent: optionalCode,
  validFrom: Type.Union([Day, Type.Null()]),
};

export const Term = Closed({
  id: Id,
  vocabulary: Vocabulary,
  code: Type.String(),
  ...wording,
  /** From this day on nothing new is given the term; what has it keeps it. */
  validUntil: Type.Union([Day, Type.Null()]),
  /** The code of the term under which resources of this one are found as well. */
  replacedBy: optionalCode,
  version: Type.Integer(),
});
export type Term = Static<typeof Term>;

/** What is said of a term and can change; other terms of its vocabulary by their codes. */
export type TermState = Pick<
  Term,
  'label' | 'synonyms' | 'parent' | 'validFrom' | 'validUntil' | 'replacedBy'
>;

/** Whether nothing new is given the term on that day. */
export function hasEnded({ validUntil }: Pick<Term, 'validUntil'>, day: string): boolean {
  return validUntil !== null && validUntil <= day;
}

export const NewTerm = Closed({ vocabulary: Vocabulary, code: Code, ...wording, note: Note });
export type NewTerm = Static<typeof NewTerm>;
export const TermWording = Closed({ expectedVersion: ExpectedVersion, ...wording, note: Note });
export type TermWording = Static<typeof TermWording>;
export const TermEnd = Closed({
  expectedVersion: ExpectedVersion,
  /** Null: it holds again. */
  validUntil: Type.Union([Day, Type.Null()]),
  replacedBy: optionalCode,
  note: Note,
});
export type TermEnd = Static<typeof TermEnd>;

export const termActs = ['added', 'changed', 'ended', 'reopened', 'imported'] as const;
export const TermChange = Closed({
  number: Type.Integer(),
  act: Type.Unsafe<(typeof termActs)[number]>(Type.Union(termActs.map((act) => Type.Literal(act)))),
  /** As it was from then on. */
  ...wording,
  validUntil: Type.Union([Day, Type.Null()]),
  replacedBy: optionalCode,
  note: Type.String(),
  byName: Type.String(),
  at: Instant,
});
export type TermChange = Static<typeof TermChange>;

export const TermImport = Closed({
  vocabulary: Vocabulary,
  /** CSV with the columns of the export. */
  text: Type.String({ maxLength: 900_000 }),
  /** Only say what would happen. */
  dryRun: Type.Boolean(),
});
export type TermImport = Static<typeof TermImport>;
export const TermImportResult = Closed({
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
});
export type TermImportResult = Static<typeof TermImportResult>;
/** `details` of `vocabulary.import-invalid`. */
export interface TermImportProblems {
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export const mostTerms = 5_000;

export const vocabularyApi = {
  listTerms: defineEndpoint({
    method: 'GET',
    path: '/api/terms',
    summary: 'All terms of one vocabulary with those that ended, at most 5,000, by their codes.',
    access: 'signed-in',
    query: Closed({ vocabulary: Vocabulary }),
    response: Type.Array(Term),
  }),
  exportTerms: defineEndpoint({
    method: 'GET',
    path: '/api/term-exports',
    summary: 'The terms of one vocabulary as CSV, in the form in which they can be imported. Operators only.',
    access: 'signed-in',
    query: Closed({ vocabulary: Vocabulary }),
    response: Type.String(),
    produces: 'text/csv',
  }),
  importTerms: defineEndpoint({
    method: 'POST',
    path: '/api/term-imports',
    summary:
      'Add and change the terms that a CSV file names, all or none; what it does not name stays. Operators only.',
    access: 'signed-in',
    body: TermImport,
    response: TermImportResult,
  }),
  addTerm: defineEndpoint({
    method: 'POST',
    path: '/api/terms',
    summary: 'Add a term; its code is never changed and never given again. Operators only.',
    access: 'signed-in',
    body: NewTerm,
    response: Term,
    status: 201,
  }),
  changeTerm: defineEndpoint({
    method: 'PUT',
    path: '/api/terms/:id',
    summary: 'Rename or move a term, or change its synonyms: pages, search and lists follow. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: TermWording,
    response: Term,
  }),
  endTerm: defineEndpoint({
    method: 'PUT',
    path: '/api/terms/:id/end',
    summary: 'End a term, replace it by another one, or let it hold again. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: TermEnd,
    response: Term,
  }),
  listTermChanges: defineEndpoint({
    method: 'GET',
    path: '/api/terms/:id/changes',
    summary: 'Every change of a term, newest first, at most 200. Operators only.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(TermChange),
  }),
} as const;
