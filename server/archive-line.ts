import { type BuiltInType, type ResourceContent, validities } from '../contracts/library.ts';
import type { RichDocument } from '../contracts/rich-text.ts';
import {
  checkedContent,
  type ImportedItem,
  requireContent,
  resourceTypeOf,
} from './modules/library/index.ts';
import { AppError } from './platform/errors.ts';
import { convertHtml, documentFromLaw, documentFromText } from './platform/rich-text/index.ts';

/** What a line may leave out, because the command knows it. */
export interface ArchiveDefaults {
  readonly category: string;
  readonly unitName: string;
}

export interface LineOptions {
  /** The line is a law of the open collection, not a line of our own format. */
  readonly laws: boolean;
  readonly defaults: ArchiveDefaults;
}

type Fields = Readonly<Record<string, unknown>>;

const refuse = (message: string): AppError => new AppError('invalid', 'library.content-invalid', message);

/** One line of an archive (docs/import-format.md) as something to import. Throws an AppError that says why not. */
export function readArchiveLine(text: string, options: LineOptions): ImportedItem {
  const fields = parseFields(text);
  const given = options.laws ? fromLaw(fields) : fields;
  const key = textOf(given, 'key');
  if (key === '') throw refuse('缺少 key（旧系统中的唯一名称）。');
  const type: BuiltInType = given['type'] === 'policy' ? 'policy' : 'article';
  const content = checkedContent(resourceTypeOf(type), contentOf(given, type, options.defaults));
  requireContent(resourceTypeOf(type), content, 'archive');
  return { importKey: key, type, content };
}

function parseFields(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('不是有效的 JSON。');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw refuse('一行应是一个 JSON 对象。');
  return value as Fields;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw refuse(`字段 ${name} 应是文字。`);
  return value.trim();
}

function bodyOf(fields: Fields): RichDocument {
  if (fields['html'] !== undefined) return convertHtml(textOf(fields, 'html')).document;
  if (fields['law'] !== undefined) return documentFromLaw(textOf(fields, 'law'));
  return documentFromText(textOf(fields, 'text'));
}

function contentOf(fields: Fields, type: BuiltInType, defaults: ArchiveDefaults): ResourceContent {
  const title = textOf(fields, 'title');
  if (title === '') throw refuse('缺少标题。');
  if (title.length > 200) throw refuse('标题超过200个字。');
  const given = (name: string, fallback = ''): string => textOf(fields, name) || fallback;
  const keywords = Array.isArray(fields['keywords'])
    ? fields['keywords'].filter((word) => typeof word === 'string')
    : [];
  const content: ResourceContent = {
    title,
    body: bodyOf(fields),
    summary: given('summary'),
    keywords: keywords.slice(0, 10),
    source: given('source', defaults.unitName),
    author: given('author'),
    editor: given('editor'),
    category: given('category', defaults.category),
    openMode: given('openMode', '主动公开'),
    producedOn: given('producedOn', given('writtenOn')),
    openTimeLimit: given('openTimeLimit', '常年公开'),
    openScope: given('openScope', '面向全社会'),
  };
  if (type === 'article') return content;
  return {
    ...content,
    documentNumber: given('documentNumber'),
    issuer: given('issuer', defaults.unitName),
    writtenOn: given('writtenOn', given('producedOn')),
    effectiveOn: given('effectiveOn'),
    validity: given('validity', validities[0]),
    abolishedBy: given('abolishedBy'),
  };
}

/** A day that stands in the law's own history, for those whose date is not given apart. */
function dayInHistory(info: string): string {
  const match = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(info);
  if (!match) return '';
  const [, year = '', month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function fromLaw(fields: Fields): Fields {
  const info = textOf(fields, 'info');
  const written = textOf(fields, 'publish') || dayInHistory(info);
  const expired = fields['expired'] === true;
  return {
    key: textOf(fields, 'path'),
    type: 'policy',
    title: textOf(fields, 'title'),
    law: [info, textOf(fields, 'body')].filter((part) => part !== '').join('\n\n'),
    source: '国家法律法规公开文本',
    // The collection does not say who issued a text; its history at the beginning of the body does.
    issuer: '见正文',
    category: textOf(fields, 'level') || '法律法规',
    writtenOn: written,
    producedOn: written,
    effectiveOn: textOf(fields, 'valid_from'),
    validity: expired ? '失效' : '有效',
    abolishedBy: expired ? '该文本已标记为失效，请以现行有效版本为准。' : '',
  };
}
