import { type Static, Type } from 'typebox';

import { Day, Id } from './endpoint.ts';
import { termReferencePattern } from './term-reference.ts';

export const optional = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
export const optionalDay = Type.Optional(Type.Union([Day, Type.Literal('')]));
export const optionalAsset = Type.Optional(Type.Union([Id, Type.Null()]));
const optionalResources = (maxItems: number) =>
  Type.Optional(Type.Array(Id, { maxItems, uniqueItems: true }));

const optionalTerms = (maxItems: number) =>
  Type.Optional(Type.Array(Type.String({ pattern: termReferencePattern }), { maxItems, uniqueItems: true }));

/** By what information is classified: references to terms, whose labels are looked up when they are shown. */
export const classFields = {
  topics: optionalTerms(5),
  genre: optional(60),
  audiences: optionalTerms(10),
  lifeEvents: optionalTerms(10),
  regions: optionalTerms(20),
} as const;

/** What single types of resource have beside the fields that all share. */
export const kindFields = {
  /** Of an old document: since when it holds no more, and what took its place. */
  validityChangedOn: optionalDay,
  replacedBy: optionalResources(1),
  /** Of a document: which older ones it changes, and which it ends. */
  amends: optionalResources(50),
  repeals: optionalResources(50),
  /** What it is a part of, what it is an attachment of, and what is worth reading beside it. */
  partOf: optionalResources(1),
  attachmentOf: optionalResources(1),
  /** Of which emergency it reports the progress, and what it refutes. */
  progressOf: optionalResources(1),
  refutes: optionalResources(5),
  seeAlso: optionalResources(20),
  /** Of an interpretation: which documents it explains, and in which form. */
  interprets: optionalResources(10),
  form: optional(20),
  /** Of a leader; the name is the title, the résumé the body. */
  post: optional(60),
  duties: optional(1_000),
  activities: optionalResources(20),
  displayOrder: optional(3),
  /** Of an institution and of a disclosure guide: how to reach it. */
  organisation: optional(100),
  head: optional(60),
  address: optional(200),
  officeHours: optional(200),
  phone: optional(100),
  fax: optional(60),
  postcode: optional(6),
  website: optional(200),
  onlineContact: optional(200),
  departments: optional(2_000),
  /** Of a disclosure guide: how the information is sorted and obtained. */
  informationScope: optional(1_000),
  arrangement: optional(1_000),
  access: optional(1_000),
  /** Of a video: the file, and what is said and shown in it. */
  filmAssetId: optionalAsset,
  transcript: optional(20_000),
} as const;

/** Fields that may have lines; anywhere else a line break came along with a paste. */
export const linedFields: ReadonlySet<string> = new Set([
  'summary',
  'correctionNote',
  'duties',
  'departments',
  'informationScope',
  'arrangement',
  'access',
  'transcript',
]);

/** Fields that name other resources. */
export const relationKinds = [
  'interprets',
  'replacedBy',
  'amends',
  'repeals',
  'partOf',
  'attachmentOf',
  'seeAlso',
  'activities',
  'progressOf',
  'refutes',
] as const;
export type RelationKind = (typeof relationKinds)[number];

/**
 * Fields that only a type's description knows, built-in or made by operators: `<namespace>.<name>`. A dot is in no
 * other key of a content, and `x.` is the operators' alone, so that none can ever clash with another.
 */
export const ownFieldKey = '^[a-z][a-z-]{0,30}\\.[a-z][A-Za-z0-9]{0,39}$';
const OwnValue = Type.Union([
  Type.String({ maxLength: 20_000 }),
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100, uniqueItems: true }),
]);
// Written out: what fills in defaults stumbles over a `Type.Record` that is closed.
export const OwnValues = Type.Unsafe<Record<string, Static<typeof OwnValue>>>({
  type: 'object',
  patternProperties: { [ownFieldKey]: OwnValue },
  additionalProperties: false,
  maxProperties: 120,
});
/** What the other resource is to the one that names it, what the naming one is to the named, and the verb between them. */
export const relationNames: Readonly<
  Record<RelationKind, { readonly named: string; readonly naming: string; readonly verb: string }>
> = {
  interprets: { named: '解读的文件', naming: '解读本文件的信息', verb: '解读' },
  replacedBy: { named: '替代本文件的文件', naming: '本文件替代的文件', verb: '替代为' },
  amends: { named: '本文件修改的文件', naming: '修改本文件的文件', verb: '修改' },
  repeals: { named: '本文件废止的文件', naming: '废止本文件的文件', verb: '废止' },
  partOf: { named: '所属的信息', naming: '包含的部分', verb: '属于' },
  attachmentOf: { named: '所附的正文', naming: '单独发布的附件', verb: '附于' },
  seeAlso: { named: '另见', naming: '另见', verb: '另见' },
  activities: { named: '重要讲话和活动', naming: '有关的领导', verb: '活动' },
  progressOf: { named: '报告的突发事件', naming: '事件进展', verb: '报告进展' },
  refutes: { named: '澄清的信息', naming: '澄清本信息的辟谣', verb: '澄清' },
};
