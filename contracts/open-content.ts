import { type Static, Type } from 'typebox';

import { Closed, Id, Instant } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';
import { Vocabulary } from './term-reference.ts';

const Named = Closed({ id: Id, name: Type.String() });
const sha256 = '^[0-9a-f]{64}$';

/** Another system that takes part of what a key sees names it as lists: `1,2,3`. */
const ids = (most: number, description: string) =>
  Type.Optional(
    Type.String({ pattern: `^[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,${String(most - 1)}}$`, description }),
  );

/** A part of what the key sees, chosen by whoever asks. It never reaches further than the key. */
export const partQuery = {
  types: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9-]{0,40}(,[a-z][a-z0-9-]{0,40}){0,49}$',
      description: 'Of these types.',
    }),
  ),
  units: ids(200, 'Of these units and those below them.'),
  columns: ids(200, 'Shown in these columns.'),
} as const;

/** Who answers, and what a key sees: what somebody who follows chooses from. */
export const OpenAbout = Closed({
  instance: Type.String({ format: 'uuid', description: 'Of this installation, for ever.' }),
  name: Type.String(),
  fullText: Type.Boolean({ description: 'The key reads texts and files.' }),
  reach: Type.String({ description: 'Changes when the key sees more or less: then begin anew.' }),
  types: Type.Array(Closed({ key: ResourceTypeKey, name: Type.String() }), { maxItems: 1_000 }),
  units: Type.Array(Named, { maxItems: 5_000 }),
  columns: Type.Array(Closed({ id: Id, name: Type.String(), site: Type.String() }), { maxItems: 20_000 }),
});
export type OpenAbout = Static<typeof OpenAbout>;

/** One of the platforms that a resource came through. */
export const OpenOrigin = Closed({
  instance: Type.String({ format: 'uuid' }),
  name: Type.String({ maxLength: 200 }),
  id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' }),
  url: Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()]),
  indexNumber: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
});
export type OpenOrigin = Static<typeof OpenOrigin>;
/** Longer ways are nobody's. */
export const longestChain = 20;

export const OpenFile = Closed({
  id: Id,
  name: Type.String({ minLength: 1, maxLength: 255 }),
  mediaType: Type.String({ maxLength: 120 }),
  size: Type.Integer({ minimum: 0, description: 'Bytes.' }),
  digest: Type.String({ pattern: sha256, description: 'SHA-256: its name under /v1/assets/.' }),
});
export type OpenFile = Static<typeof OpenFile>;

const OpenTerm = Closed({ vocabulary: Vocabulary, code: Type.String(), label: Type.String() });

/** A resource whole, to be kept elsewhere: its structured content and where it has been. */
export const OpenContent = Closed({
  id: Id,
  type: ResourceTypeKey,
  /** Who published it first, in the name of that day: what became of the unit since rewrites nothing at followers. */
  unit: Named,
  indexNumber: Type.String(),
  publishedAt: Instant,
  updatedAt: Instant,
  url: Type.Union([Type.String(), Type.Null()]),
  columns: Type.Array(Named),
  digest: Type.String({ pattern: sha256, description: 'Of the revision, as in the change feed.' }),
  mark: Type.String({
    pattern: sha256,
    description:
      'Who has it has the content: it changes with the text, a ruling, the name of a term, or what is named.',
  }),
  terms: Type.Array(OpenTerm, {
    description: 'The terms that `content` names as `vocabulary:code`, with their names of today.',
  }),
  namedBy: Type.Array(Id, {
    description: 'Resources that name this one, as far as the key sees them, the newest first, at most 500.',
  }),
  content: Type.Unknown({
    description:
      'The fields of its type, validity as it was ruled; texts as ProseMirror JSON. It names files by their ids in `files`, and other resources only when the key sees them. What composes home and topic pages is left out.',
  }),
  files: Type.Array(OpenFile),
  origin: Type.Array(OpenOrigin, {
    minItems: 1,
    description: 'Every platform it came through, the first one first, this one last.',
  }),
});
export type OpenContent = Static<typeof OpenContent>;

export const OpenContentPage = Closed({
  items: Type.Array(OpenContent),
  rest: Type.Array(Id, { description: 'Would have made the answer too large: ask for these again.' }),
});
export type OpenContentPage = Static<typeof OpenContentPage>;

export const mostContents = 100;
export const ContentsQuery = Closed({
  ids: Type.String({
    pattern: `^[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,${String(mostContents - 1)}}$`,
    description: `At most ${String(mostContents)} ids. What the key does not see is not in the answer.`,
  }),
  ...partQuery,
});
