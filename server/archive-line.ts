import { isOwnField } from '../contracts/field-values.ts';
import { isArchivable, isWritten } from '../contracts/intake.ts';
import type { FieldDescription, ResourceContent, ResourceType } from '../contracts/library.ts';
import type { RichDocument } from '../contracts/rich-text.ts';
import {
  checkedContent,
  type ImportedItem,
  requireContent,
  resourceTypeList,
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
  /** As they are now; those that the program brings with it when absent. */
  readonly types?: readonly ResourceType[];
}

type Fields = Readonly<Record<string, unknown>>;

const refuse = (message: string): AppError => new AppError('invalid', 'library.content-invalid', message);

/** One line of an archive (docs/import-format.md) as something to import. Throws an AppError that says why not. */
export function readArchiveLine(text: string, options: LineOptions): ImportedItem {
  const fields = parseFields(text);
  const given = options.laws ? fromLaw(fields) : fields;
  const key = textOf(given, 'key');
  if (key === '') throw refuse('缺少 key（旧系统中的唯一名称）。');
  const type = typeOf(given, options.types ?? resourceTypeList);
  const content = checkedContent(type, contentOf(given, type, options.defaults));
  requireContent(type, content, 'archive');
  return { importKey: key, type: type.key, content };
}

function typeOf(fields: Fields, types: readonly ResourceType[]): ResourceType {
  const wanted = textOf(fields, 'type') || 'article';
  const type = types.find((one) => one.key === wanted || one.name === wanted);
  if (type && isArchivable(type)) return type;
  throw refuse(`没有“${wanted.slice(0, 40)}”这种信息类型，或它有文件带不来的必填项。`);
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

/** What a line may leave out: the day of the other name, and what the form of its type would begin with. */
function defaultsOf(type: ResourceType, fields: Fields, defaults: ArchiveDefaults): Fields {
  const initial = type.fields.filter((field) => field.initial !== undefined);
  return {
    ...Object.fromEntries(initial.map((field) => [field.key, field.initial])),
    source: defaults.unitName,
    issuer: defaults.unitName,
    category: defaults.category,
    producedOn: textOf(fields, 'writtenOn'),
    writtenOn: textOf(fields, 'producedOn'),
  };
}

/** A value as the field keeps it: lists for words and choices, texts for all others. */
function valueOf(field: FieldDescription, fields: Fields): unknown {
  if (field.kind !== 'words' && field.kind !== 'choices') return textOf(fields, field.key);
  const given = fields[field.key];
  const words = Array.isArray(given) ? given.filter((word) => typeof word === 'string') : [];
  return field.kind === 'words' ? words.slice(0, 10) : words;
}

const isGiven = (value: unknown): boolean => value !== '' && !(Array.isArray(value) && value.length === 0);

function contentOf(fields: Fields, type: ResourceType, defaults: ArchiveDefaults): ResourceContent {
  const title = textOf(fields, 'title');
  if (title === '') throw refuse('缺少标题。');
  if (title.length > 200) throw refuse('标题超过200个字。');
  const fallback = defaultsOf(type, fields, defaults);
  const hasBody = type.fields.some((field) => field.kind === 'rich-text');
  const shared: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const field of type.fields) {
    if (!isWritten(field) || field.key === 'title') continue;
    const value = valueOf(field, fields);
    (isOwnField(field.key) ? values : shared)[field.key] = isGiven(value) ? value : fallback[field.key];
  }
  return { ...shared, title, values, ...(hasBody ? { body: bodyOf(fields) } : {}) } as ResourceContent;
}

const dayWords = /(\d{4})(?:年(\d{1,2})月(\d{1,2})日|-(\d{2})-(\d{2})(?!\d))/gu;
const effectiveWords = /自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:正式)?(?:施行|实施|生效)/u;

const dayFrom = (year = '', month = '', day = ''): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/**
 * When this wording came to be, for those whose date is not given apart: the last day of the law's own history (passed,
 * amended, promulgated, but not in force since).
 */
function dayInHistory(info: string): string {
  const days = info
    .split('\n')
    .filter((line) => !/施行\s*$/u.test(line))
    .flatMap((line) => [...line.matchAll(dayWords)])
    .map(([, year, month, day, isoMonth, isoDay]) => dayFrom(year, month ?? isoMonth, day ?? isoDay));
  return days.toSorted().at(-1) ?? '';
}

/** From when it holds, by its closing article. */
function dayInClosing(body: string): string {
  const [, year, month, day] = effectiveWords.exec(body.slice(-600)) ?? [];
  return year === undefined ? '' : dayFrom(year, month, day);
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
    effectiveOn: textOf(fields, 'valid_from') || dayInClosing(textOf(fields, 'body')),
    validity: expired ? '失效' : '有效',
    abolishedBy: expired ? '该文本已标记为失效，请以现行有效版本为准。' : '',
  };
}
