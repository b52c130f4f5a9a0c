import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, Instant } from './endpoint.ts';
import { Vocabulary } from './term-reference.ts';
import { OperatorType, ResourceTypeKey } from './resource-type.ts';

/** One line without blanks around it. */
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^\\S(?:[^\\n\\r]*\\S)?$' });

/** Kinds of field that operators may add. Files and texts with form belong to what every type has. */
export const definableKinds = [
  'line',
  'text',
  'number',
  'day',
  'choice',
  'choices',
  'term',
  'terms',
  'link',
] as const;
export type DefinableKind = (typeof definableKinds)[number];
export const definableKindNames: Readonly<Record<DefinableKind, string>> = {
  line: '单行文字',
  text: '多行文字',
  number: '数字',
  day: '日期',
  choice: '单选',
  choices: '多选',
  term: '词表单选',
  terms: '词表多选',
  link: '网址',
};

/** A field that operators added to a type. Its key and its kind stay for ever. */
export const DefinedField = Closed({
  key: Type.String({ pattern: '^x\\.[a-z][A-Za-z0-9]{0,39}$' }),
  name: Words(30),
  kind: Type.Unsafe<DefinableKind>(Type.Union(definableKinds.map((kind) => Type.Literal(kind)))),
  /** Of a line or a text. */
  maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
  /** Of a number. */
  minimum: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
  maximum: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
  /** Of a choice. */
  choices: Type.Optional(Type.Array(Words(60), { minItems: 1, maxItems: 100, uniqueItems: true })),
  /** Of a term. */
  vocabulary: Type.Optional(Vocabulary),
  requiredAt: Type.Union([Type.Literal('draft'), Type.Literal('submission'), Type.Literal('never')]),
  help: Type.Optional(Words(200)),
  onPage: Type.Boolean(),
  searchable: Type.Boolean(),
  inList: Type.Boolean(),
});
export type DefinedField = Static<typeof DefinedField>;

/** What a type of the operators' own is, besides its fields. */
export const TypeShape = Closed({
  name: Words(20),
  template: Type.Union([Type.Literal('article'), Type.Literal('record')]),
  body: Type.Union([Type.Literal('needed'), Type.Literal('optional'), Type.Literal('none')]),
  /** Nothing new is made of it; what there is stays. */
  retired: Type.Boolean(),
});
export type TypeShape = Static<typeof TypeShape>;

/** One version of what operators defined: a whole type, or (`shape` null) fields besides those of a built-in one. */
export const TypeDefinition = Closed({
  shape: Type.Union([TypeShape, Type.Null()]),
  fields: Type.Array(DefinedField, { maxItems: 60 }),
});
export type TypeDefinition = Static<typeof TypeDefinition>;

const Note = Type.String({ maxLength: 200 });

export const TypeVersion = Closed({
  number: Type.Integer(),
  definition: TypeDefinition,
  note: Type.String(),
  publishedByName: Type.String(),
  publishedAt: Instant,
});
export type TypeVersion = Static<typeof TypeVersion>;

/** A type as operators work on it. Version 0: nothing was defined beside what the program brings. */
export const DefinedType = Closed({
  key: ResourceTypeKey,
  name: Type.String(),
  builtIn: Type.Boolean(),
  version: Type.Integer(),
  definition: TypeDefinition,
});
export type DefinedType = Static<typeof DefinedType>;

export const NewType = Closed({ key: OperatorType, definition: TypeDefinition, note: Type.Optional(Note) });
export type NewType = Static<typeof NewType>;

export const TypeChange = Closed({
  expectedVersion: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  definition: TypeDefinition,
  note: Type.Optional(Note),
});
export type TypeChange = Static<typeof TypeChange>;

/** A resource that the change would make invalid. */
export const TypeOffender = Closed({
  resourceId: Id,
  title: Type.String(),
  unitName: Type.String(),
  message: Type.String(),
});
export type TypeOffender = Static<typeof TypeOffender>;
/** `details` of `library.type-in-use`. */
export const TypeOffenders = Closed({
  offenders: Type.Array(TypeOffender),
  /** There are more than are listed. */
  more: Type.Boolean(),
});
export type TypeOffenders = Static<typeof TypeOffenders>;

const KeyParams = Closed({ id: ResourceTypeKey });

export const typeDefinitionApi = {
  listTypeDefinitions: defineEndpoint({
    method: 'GET',
    path: '/api/type-definitions',
    summary: 'All types with what operators defined of them. Operators only.',
    access: 'signed-in',
    response: Type.Array(DefinedType),
  }),
  listTypeVersions: defineEndpoint({
    method: 'GET',
    path: '/api/type-definitions/:id/versions',
    summary:
      'Every version of what operators defined of one type, newest first, at most 200. Operators only.',
    access: 'signed-in',
    params: KeyParams,
    response: Type.Array(TypeVersion),
  }),
  createType: defineEndpoint({
    method: 'POST',
    path: '/api/type-definitions',
    summary: 'Make a new type of resource; it can be used at once. Operators only.',
    access: 'signed-in',
    body: NewType,
    response: DefinedType,
    status: 201,
  }),
  changeType: defineEndpoint({
    method: 'PUT',
    path: '/api/type-definitions/:id',
    summary:
      'Publish another version of a type. Refused with the list when resources would become invalid. Operators only.',
    access: 'signed-in',
    params: KeyParams,
    body: TypeChange,
    response: DefinedType,
  }),
} as const;
