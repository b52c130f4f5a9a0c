import { documentNumberPattern } from '../../../contracts/document-number.ts';
import {
  type BuiltInType,
  type FieldDescription,
  openModes,
  type ResourceType,
  type ResourceTypeKey,
  type TypeDefinition,
  validities,
} from '../../../contracts/library.ts';
import { type BuiltInDescription, fieldsUnder, issuedBy, terms } from './define-fields.ts';
import { kindTypes } from './kind-types.ts';
import { recordTypes } from './record-types.ts';
import { textTypes } from './text-types.ts';
import { describedFields } from './type-definition.rules.ts';

const title: FieldDescription = {
  key: 'title',
  name: '标题',
  kind: 'line',
  maxLength: 200,
  requiredAt: 'draft',
  group: 'main',
};
const body: FieldDescription = {
  key: 'body',
  name: '正文',
  kind: 'rich-text',
  requiredAt: 'submission',
  group: 'main',
};
const attachments: FieldDescription = {
  key: 'attachments',
  name: '附件',
  kind: 'attachments',
  requiredAt: 'never',
  group: 'main',
};
// What information is about, whom it is for, and where (§4.3 of the rules).
const classification: readonly FieldDescription[] = [
  terms('topics', '主题分类', 'topic', { maxItems: 5, onPage: true }),
  terms('audiences', '服务对象', 'audience', { maxItems: 10 }),
  terms('lifeEvents', '生命周期', 'life-event', { maxItems: 10 }),
  terms('regions', '涉及区域', 'region', { maxItems: 20, onPage: true }),
];
const common: readonly FieldDescription[] = [
  { key: 'subtitle', name: '副标题', kind: 'line', maxLength: 200, requiredAt: 'never', group: 'more' },
  {
    key: 'summary',
    name: '摘要',
    kind: 'text',
    maxLength: 500,
    requiredAt: 'never',
    group: 'more',
    help: '显示在列表和搜索结果中；不填时取正文开头。',
  },
  { key: 'keywords', name: '关键词', kind: 'words', requiredAt: 'never', group: 'more' },
  ...classification,
  {
    key: 'source',
    name: '信息来源',
    kind: 'line',
    maxLength: 100,
    requiredAt: 'submission',
    group: 'main',
    help: '转载的信息写明原发布单位。',
  },
  { key: 'author', name: '采编', kind: 'line', maxLength: 60, requiredAt: 'never', group: 'more' },
  { key: 'editor', name: '责任编辑', kind: 'line', maxLength: 60, requiredAt: 'never', group: 'more' },
  { key: 'coverAssetId', name: '题图', kind: 'image', requiredAt: 'never', group: 'more' },
  {
    key: 'correctionNote',
    name: '更正说明',
    kind: 'text',
    maxLength: 500,
    requiredAt: 'never',
    group: 'more',
    help: '更正已经公开的内容时填写改正了什么，例如“第三条联系电话由……改为……”。重新签发后连同日期和单位显示在页面上，以前的说明一直保留。',
  },
  {
    key: 'seeAlso',
    name: '另见',
    kind: 'resources',
    maxItems: 20,
    requiredAt: 'never',
    group: 'more',
    help: '值得一起看的信息；两边的页面会互相链接。',
  },
];

/** What it is a piece of. */
const belonging: readonly FieldDescription[] = [
  {
    key: 'partOf',
    name: '所属的信息',
    kind: 'resources',
    maxItems: 1,
    requiredAt: 'never',
    group: 'more',
    help: '例如总体规划的一个专项、汇编中的一篇。',
  },
  {
    key: 'attachmentOf',
    name: '是哪条信息的附件',
    kind: 'resources',
    maxItems: 1,
    requiredAt: 'never',
    group: 'more',
    help: '单独发布的附件在这里指明正文。',
  },
];

// The table on top of the district's own regulation (rules R45); 信息索取号 is given by the system.
const disclosure = (requiredAt: 'submission' | 'never'): readonly FieldDescription[] => [
  { key: 'category', name: '信息类别', kind: 'line', maxLength: 60, requiredAt, group: 'disclosure' },
  {
    key: 'openMode',
    name: '公开方式',
    kind: 'choice',
    choices: [...openModes],
    requiredAt,
    initial: '主动公开',
    group: 'disclosure',
  },
  { key: 'producedOn', name: '生成日期', kind: 'day', requiredAt, group: 'disclosure' },
  {
    key: 'openTimeLimit',
    name: '公开时限',
    kind: 'choice',
    choices: ['常年公开', '长期公开', '定期公开', '及时公开'],
    requiredAt,
    initial: '常年公开',
    group: 'disclosure',
  },
  {
    key: 'openScope',
    name: '公开范围',
    kind: 'choice',
    choices: ['面向全社会', '面向特定对象'],
    requiredAt,
    initial: '面向全社会',
    group: 'disclosure',
  },
];

const policyFields: readonly FieldDescription[] = [
  {
    key: 'documentNumber',
    name: '文号',
    kind: 'line',
    maxLength: 60,
    pattern: documentNumberPattern,
    patternHint: '形如：浔府办发〔2026〕1号（六角括号，序号前不加“第”、不编虚位）',
    requiredAt: 'never',
    group: 'disclosure',
    inList: true,
  },
  terms('genre', '体裁', 'genre', { kind: 'term', group: 'disclosure', onPage: true }),
  issuedBy,
  { key: 'writtenOn', name: '成文日期', kind: 'day', requiredAt: 'submission', group: 'disclosure' },
  { key: 'effectiveOn', name: '施行日期', kind: 'day', requiredAt: 'never', group: 'disclosure' },
  {
    key: 'validity',
    name: '有效性',
    kind: 'choice',
    choices: [...validities],
    requiredAt: 'submission',
    initial: '有效',
    group: 'disclosure',
    inList: true,
  },
  {
    key: 'abolishedBy',
    name: '废止或失效依据',
    kind: 'line',
    maxLength: 200,
    requiredAt: 'never',
    group: 'disclosure',
    help: '有效性为废止或失效时，说明依据。',
  },
  {
    key: 'validityChangedOn',
    name: '修改、废止或失效日期',
    kind: 'day',
    requiredAt: 'never',
    group: 'disclosure',
  },
  {
    key: 'replacedBy',
    name: '替代文件',
    kind: 'resources',
    resourceType: 'policy',
    maxItems: 1,
    requiredAt: 'never',
    group: 'disclosure',
    help: '页面顶部的废止提示会链接到它，它的页面也会链接回来。',
  },
  {
    key: 'amends',
    name: '本文件修改的文件',
    kind: 'resources',
    resourceType: 'policy',
    maxItems: 50,
    requiredAt: 'never',
    group: 'disclosure',
    help: '两边的页面会互相链接；被修改文件的有效性由它的单位另行更改。',
  },
  {
    key: 'repeals',
    name: '本文件废止的文件',
    kind: 'resources',
    resourceType: 'policy',
    maxItems: 50,
    requiredAt: 'never',
    group: 'disclosure',
    help: '两边的页面会互相链接；被废止文件的有效性由它的单位另行更改。',
  },
];

const composed: readonly FieldDescription[] = [
  {
    key: 'blocks',
    name: '版面',
    kind: 'blocks',
    requiredAt: 'submission',
    group: 'main',
  },
];
const commonField = (key: string): FieldDescription => {
  const field = common.find((one) => one.key === key);
  if (!field) throw new Error(`no common field ${key}`);
  return field;
};
/** A composed page is open to all or it is nothing; who signs it says so. */
const openness = disclosure('submission').filter(({ key }) => key === 'openMode');

const shared = { title, body, attachments, common, disclosure: disclosure('submission') };

/** Of a reprint: where the original stands. */
const sourceAddress = fieldsUnder('article').link('sourceAddress', '来源网址', {
  help: '转载的信息填写原文的网址。',
});

const descriptions: readonly BuiltInDescription[] = [
  {
    key: 'article',
    template: 'article',
    name: '文章',
    fields: [title, body, attachments, ...common, sourceAddress, ...belonging, ...disclosure('submission')],
  },
  {
    key: 'policy',
    template: 'own',
    name: '政策文件',
    fields: [title, body, attachments, ...common, ...belonging, ...disclosure('submission'), ...policyFields],
  },
  ...kindTypes(shared),
  ...recordTypes(shared),
  ...textTypes(shared),
  {
    key: 'topic',
    template: 'own',
    name: '专题',
    fields: [
      title,
      ...composed,
      { ...commonField('summary'), requiredAt: 'submission', help: '显示在列表、搜索结果和专题页的标题下。' },
      commonField('source'),
      {
        key: 'endsOn',
        name: '结束日期',
        kind: 'day',
        requiredAt: 'never',
        group: 'more',
        help: '过了这一天，专题页注明“本专题已结束归档”，首页不再展示，原网址仍可访问。签发后可在“专题”里延期。',
      },
      ...['keywords', 'author', 'editor', 'coverAssetId'].map(commonField),
      ...openness,
    ],
  },
  {
    key: 'home',
    template: 'own',
    name: '首页',
    fields: [
      { ...title, help: '只在后台显示，用来区分各个版本，例如“2026年国庆版首页”。' },
      ...composed,
      {
        key: 'siteId',
        name: '站点',
        kind: 'site',
        requiredAt: 'draft',
        group: 'more',
        help: '签发后替换这个站点的首页。只能选本单位主办的站点。',
      },
      ...openness,
    ],
  },
];

/** The built-in types of resource as data: fields, limits, and what is needed when. */
export const resourceTypeList: readonly ResourceType[] = descriptions.map((one) => ({
  ...one,
  version: 0,
  retired: false,
}));

/** A built-in type as the program brings it, without what operators added. */
export function resourceTypeOf(key: BuiltInType): ResourceType {
  const type = resourceTypeList.find((one) => one.key === key);
  if (!type) throw new Error(`no description for the resource type ${key}`);
  return type;
}

const isBuiltInKey = (key: ResourceTypeKey): key is BuiltInType =>
  resourceTypeList.some((one) => one.key === key);

/** A type by one version of what operators defined: a whole type of theirs, or fields added to a built-in one. */
export function describeType(
  key: ResourceTypeKey,
  version: number,
  definition: TypeDefinition,
): ResourceType {
  const own = describedFields(definition.fields);
  const { shape } = definition;
  if (shape === null) {
    if (!isBuiltInKey(key)) throw new Error(`the type ${key} has no shape`);
    const type = resourceTypeOf(key);
    return { ...type, version, fields: [...type.fields, ...own] };
  }
  const bodies = shape.body === 'none' ? [] : [{ ...body, requiredAt: neededWhen(shape.body) }];
  return {
    key,
    name: shape.name,
    template: shape.template,
    version,
    retired: shape.retired,
    fields: [title, ...own, ...bodies, attachments, ...common, ...shared.disclosure],
  };
}

function neededWhen(body: 'needed' | 'optional'): FieldDescription['requiredAt'] {
  return body === 'needed' ? 'submission' : 'never';
}
