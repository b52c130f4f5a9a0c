import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';

export const resourceTypes = [
  'article',
  'policy',
  'interpretation',
  'leader',
  'institution',
  'guide',
  'album',
  'video',
  'topic',
  'home',
] as const;
export const resourceTypeNames: Readonly<Record<ResourceTypeKey, string>> = {
  article: '文章',
  policy: '政策文件',
  interpretation: '政策解读',
  leader: '领导信息',
  institution: '机构职能',
  guide: '公开指南',
  album: '图集',
  video: '视频',
  topic: '专题',
  home: '首页',
};
export const ResourceTypeKey = Type.Unsafe<ResourceTypeKey>(
  Type.Union(resourceTypes.map((type) => Type.Literal(type))),
);
export type ResourceTypeKey = (typeof resourceTypes)[number];

export const validities = ['有效', '已修改', '废止', '失效'] as const;
export const openModes = ['主动公开', '依申请公开', '不予公开'] as const;

/** How a field is edited and checked; the same description serves server, console and pages. */
export const FieldKind = Type.Union([
  Type.Literal('line'),
  Type.Literal('text'),
  Type.Literal('day'),
  Type.Literal('choice'),
  Type.Literal('words'),
  Type.Literal('rich-text'),
  Type.Literal('attachments'),
  Type.Literal('image'),
  Type.Literal('film'),
  Type.Literal('blocks'),
  Type.Literal('site'),
  /** Other published resources, by id. */
  Type.Literal('resources'),
]);
export const FieldDescription = Closed({
  key: Type.String(),
  name: Type.String(),
  kind: FieldKind,
  maxLength: Type.Optional(Type.Integer()),
  pattern: Type.Optional(Type.String()),
  patternHint: Type.Optional(Type.String()),
  choices: Type.Optional(Type.Array(Type.String())),
  /** Of a field that names other resources: of which type, and how many at most. */
  resourceType: Type.Optional(ResourceTypeKey),
  maxItems: Type.Optional(Type.Integer()),
  /** Needed already to save a draft, or only to submit it. */
  requiredAt: Type.Union([Type.Literal('draft'), Type.Literal('submission'), Type.Literal('never')]),
  initial: Type.Optional(Type.Unknown()),
  help: Type.Optional(Type.String()),
  group: Type.Union([Type.Literal('main'), Type.Literal('disclosure'), Type.Literal('more')]),
});
export type FieldDescription = Static<typeof FieldDescription>;
export const ResourceType = Closed({
  key: ResourceTypeKey,
  name: Type.String(),
  fields: Type.Array(FieldDescription),
});
export type ResourceType = Static<typeof ResourceType>;
