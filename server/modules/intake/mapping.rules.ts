import { isImportable, isWritten, type Mapping, type MappingTarget } from '../../../contracts/intake.ts';
import type { FieldDescription, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';

/** The fields of a type that a text in a file can fill. */
export function textFields(type: ResourceType): readonly FieldDescription[] {
  return type.fields.filter(isWritten);
}

/** What the columns of a file can be said to be: the fields of the type, the body, and what identifies the record. */
export function targetsOf(type: ResourceType): MappingTarget[] {
  const body = type.fields.find((field) => field.kind === 'rich-text');
  const fields = textFields(type).map(({ key, name, requiredAt, help, patternHint }) => ({
    key,
    name,
    required: requiredAt === 'draft',
    help: help ?? patternHint ?? null,
  }));
  const [title, ...others] = fields;
  return [
    ...(title ? [title] : []),
    ...(body
      ? [
          {
            key: 'body',
            name: body.name,
            required: false,
            help: '网页代码或纯文本，自动识别；可对应多列，取第一个有内容的。',
          },
        ]
      : []),
    ...others,
    ...(body
      ? [{ key: 'law', name: `${body.name}（法规条文）`, required: false, help: '按编、章、节、条识别。' }]
      : []),
    {
      key: 'key',
      name: '唯一编号',
      required: false,
      help: '原系统中的编号；同一编号只导入一次。不指定时按内容识别重复。',
    },
    { key: 'oldAddress', name: '原网址', required: false, help: '写入导入报告，便于设置旧网址跳转。' },
    { key: 'type', name: '信息类型', required: false, help: '每行类型不同时指定；空白的按本次选择的类型。' },
  ];
}

/** Other names under which fields come, most likely first. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  title: [
    '标题',
    '文内标题',
    '题名',
    '名称',
    '信息标题',
    '文章标题',
    '文件标题',
    '文件名',
    '网页标题',
    '姓名',
    '机构名称',
    'title',
    'name',
  ],
  body: ['正文', '内容', '信息内容', '文章内容', '正文内容', '详细内容', 'html', 'content', 'body', 'text'],
  law: ['law', '法规条文'],
  key: ['唯一编号', '编号', 'key', 'id', '标识', '序列号', '文章id', '信息编号'],
  oldAddress: ['原网址', '原地址', '链接', '网址', '原链接', 'url', 'link', 'oldaddress', 'address'],
  type: ['信息类型', 'type', '类型'],
  producedOn: [
    '生成日期',
    '发布日期',
    '发布时间',
    '日期',
    '时间',
    '创建时间',
    'date',
    'producedon',
    'publishdate',
  ],
  writtenOn: ['成文日期', '印发日期', '制定日期', 'writtenon'],
  effectiveOn: ['施行日期', '生效日期', '实施日期', 'effectiveon'],
  documentNumber: ['文号', '发文字号', '文件编号', '发文号', 'documentnumber'],
  issuer: ['发布机构', '发文机关', '发文单位', '制定机关', 'issuer'],
  source: ['信息来源', '来源', '稿件来源', 'source'],
  author: ['采编', '作者', '撰稿人', '供稿人', 'author'],
  editor: ['责任编辑', '编辑', '编审', 'editor'],
  keywords: ['关键词', '关键字', '标签', 'keywords', 'tags'],
  summary: ['摘要', '简介', '导语', '概述', 'summary', 'description', 'excerpt'],
  category: ['信息类别', '类别', '分类', '栏目', '文件夹', 'category'],
  subtitle: ['副标题', 'subtitle'],
  validity: ['有效性', '效力状态', '规范性文件有效性', 'validity'],
};

const plain = (name: string): string => name.replaceAll(/[\s*＊（）()：:_-]/g, '').toLowerCase();

/** A first guess: the column that is called like the field, or as such fields are often called. */
export function suggestMapping(type: ResourceType, sources: readonly string[]): Mapping {
  const free = new Map(sources.map((source) => [plain(source), source]));
  const mapping: Mapping = [];
  const targets = targetsOf(type);
  const take = (target: string, name: string): boolean => {
    const source = free.get(plain(name));
    if (source === undefined) return false;
    free.delete(plain(name));
    mapping.push({ target, source });
    return true;
  };
  // Exact names first, so that no likely name of one field takes the exact name of another.
  const named = targets.filter(({ key, name }) => take(key, name) || take(key, key));
  for (const { key } of targets) {
    if (named.some((one) => one.key === key) && key !== 'body') continue;
    for (const name of synonyms[key] ?? []) if (take(key, name) && key !== 'body') break;
  }
  const order = new Map(targets.map(({ key }, at) => [key, at]));
  return mapping.sort((one, other) => (order.get(one.target) ?? 0) - (order.get(other.target) ?? 0));
}

/** Why a mapping cannot be; undefined when it can. */
export function mappingProblem(
  type: ResourceType,
  sources: readonly string[],
  mapping: Mapping,
): string | undefined {
  const targets = targetsOf(type);
  const known = new Map(targets.map(({ key, name }) => [key, name]));
  const strange = mapping.find(({ target, source }) => !known.has(target) || !sources.includes(source));
  if (strange)
    return `没有“${strange.source}”这一列，或者不能对应到“${known.get(strange.target) ?? strange.target}”。`;
  const twice = mapping.find(
    ({ target }, at) => target !== 'body' && mapping.findIndex((other) => other.target === target) < at,
  );
  if (twice) return `“${known.get(twice.target) ?? twice.target}”对应了两列，请只留一列。`;
  const missing = targets.find(
    ({ key, required }) => required && !mapping.some(({ target }) => target === key),
  );
  return missing && `请指定哪一列是“${missing.name}”。`;
}

/** The type a record names for itself: by key or by name; undefined when there is none of that name. */
export function typeNamed(text: string, types: readonly ResourceType[]): ResourceTypeKey | undefined {
  const wanted = text.trim();
  return types.find((type) => isImportable(type) && (type.key === wanted || type.name === wanted))?.key;
}
