import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';
import { Vocabulary } from './term-reference.ts';

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
  'notice',
  'overview',
  'service-guide',
  'document',
  'dataset',
  'question-answer',
  'rumour-refutation',
  'emergency',
  'personnel',
  'budget',
  'plan',
  'statistics',
  'procurement',
  'recruitment',
  'standard',
] as const;
/** The types that the program brings with it; code that branches on a type knows these. */
export type BuiltInType = (typeof resourceTypes)[number];
export const resourceTypeNames: Readonly<Record<BuiltInType, string>> = {
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
  notice: '通知公告',
  overview: '概况信息',
  'service-guide': '办事指南',
  document: '资料文档',
  dataset: '数据集',
  'question-answer': '问答',
  'rumour-refutation': '辟谣信息',
  emergency: '突发事件信息',
  personnel: '人事任免',
  budget: '预算决算',
  plan: '规划计划',
  statistics: '统计信息',
  procurement: '采购招标',
  recruitment: '招考招聘',
  standard: '标准规范',
};
/** A type that operators made in the console; its prefix keeps it apart from whatever a later version brings. */
export type OperatorType = `x-${string}`;
export const OperatorType = Type.Unsafe<OperatorType>(
  Type.String({ pattern: '^x-[a-z][a-z0-9-]{0,29}$', description: 'x- and a short name of their own.' }),
);
export type ResourceTypeKey = BuiltInType | OperatorType;
/** The name of a type that the program brings with it; an operator's own type has its name in the database. */
export const builtInTypeName = (key: string): string | undefined =>
  (resourceTypeNames as Readonly<Record<string, string>>)[key];
export const ResourceTypeKey = Type.Unsafe<ResourceTypeKey>(
  Type.Union([...resourceTypes.map((type) => Type.Literal(type)), OperatorType]),
);
export function isBuiltIn(type: ResourceTypeKey): type is BuiltInType {
  return resourceTypes.some((one) => one === type);
}

export const validities = ['有效', '已修改', '废止', '失效'] as const;
export const openModes = ['主动公开', '依申请公开', '不予公开'] as const;
/** Only this may go onto public sites; a text that says nothing of it is open to all. */
export const openToAll: (typeof openModes)[number] = '主动公开';

/** How a field is edited and checked; the same description serves server, console and pages. */
export const FieldKind = Type.Union([
  Type.Literal('line'),
  Type.Literal('text'),
  Type.Literal('day'),
  /** Digits as text, so that 0.10 stays 0.10. */
  Type.Literal('number'),
  Type.Literal('link'),
  Type.Literal('choice'),
  Type.Literal('choices'),
  Type.Literal('words'),
  Type.Literal('rich-text'),
  Type.Literal('attachments'),
  Type.Literal('image'),
  Type.Literal('film'),
  Type.Literal('blocks'),
  Type.Literal('site'),
  /** Other published resources, by id. */
  Type.Literal('resources'),
  /** A word of a managed vocabulary, by reference, or several. */
  Type.Literal('term'),
  Type.Literal('terms'),
]);
export const FieldDescription = Closed({
  key: Type.String(),
  name: Type.String(),
  kind: FieldKind,
  maxLength: Type.Optional(Type.Integer()),
  pattern: Type.Optional(Type.String()),
  patternHint: Type.Optional(Type.String()),
  choices: Type.Optional(Type.Array(Type.String())),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
  /** Of a field that names other resources: of which type, and how many at most. */
  resourceType: Type.Optional(ResourceTypeKey),
  maxItems: Type.Optional(Type.Integer()),
  /** Of a term. */
  vocabulary: Type.Optional(Vocabulary),
  /** Words that are in no vocabulary may stand instead of a term: a name as it was written long ago. */
  orText: Type.Optional(Type.Boolean()),
  /** Needed already to save a draft, or only to submit it. */
  requiredAt: Type.Union([Type.Literal('draft'), Type.Literal('submission'), Type.Literal('never')]),
  initial: Type.Optional(Type.Unknown()),
  help: Type.Optional(Type.String()),
  group: Type.Union([Type.Literal('main'), Type.Literal('disclosure'), Type.Literal('more')]),
  /** Stands in the table over the text of the public page. */
  onPage: Type.Optional(Type.Boolean()),
  /** Its words are found by the search of the sites. */
  searchable: Type.Optional(Type.Boolean()),
  /** A column of the console's list when the list shows this type alone. */
  inList: Type.Optional(Type.Boolean()),
});
export type FieldDescription = Static<typeof FieldDescription>;

/** `article`: the text; `record`: under the table of openness; `own`: a page that was made for the type. */
export const PageTemplate = Type.Union([
  Type.Literal('article'),
  Type.Literal('record'),
  Type.Literal('own'),
]);
export const ResourceType = Closed({
  key: ResourceTypeKey,
  name: Type.String(),
  template: PageTemplate,
  /** Which version of what operators defined; 0 when they defined nothing. */
  version: Type.Integer(),
  /** Nothing new is made of it; what there is stays. */
  retired: Type.Boolean(),
  fields: Type.Array(FieldDescription),
});
export type ResourceType = Static<typeof ResourceType>;
