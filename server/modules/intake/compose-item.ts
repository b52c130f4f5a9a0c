import {
  isArchivable,
  type ImportMode,
  type Mapping,
  type RecordProblem,
  type RecordProblemCode,
} from '../../../contracts/intake.ts';
import { withFieldValue } from '../../../contracts/field-values.ts';
import type { ResourceContent, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type ConvertedHtml,
  convertHtml,
  documentFromLaw,
  documentFromText,
} from '../../platform/rich-text/index.ts';
import { usableText } from '../../platform/usable-text.ts';
import { checkedContent, contentProblems } from '../library/index.ts';
import { isHtml, readFieldValue } from './field-value.rules.ts';
import type { IntakeItem, IntakeRecord, RecordFile } from './intake.types.ts';
import { textFields, typeNamed } from './mapping.rules.ts';

export interface ComposeWishes {
  readonly mapping: Mapping;
  readonly type: ResourceTypeKey;
  /** As they are now. */
  readonly types: readonly ResourceType[];
  readonly mode: ImportMode;
  readonly unitName: string;
  /** Of an archive: the column's name. */
  readonly category: string | null;
}

/** What becomes of a file that a record refers to. */
export interface FileKeeper {
  keep(file: RecordFile): Promise<{ readonly assetId: string } | { readonly refused: string }>;
}

type Told = RecordProblem[];
const problem = (code: RecordProblemCode, message: string, field: string | null = null): RecordProblem => ({
  code,
  field,
  message,
});

type Given = (target: string) => string;
type Named = Omit<IntakeItem, 'content' | 'problems' | 'warnings'>;

/** A record as an item of its type: fields read by the mapping, the body converted, its files kept. */
export async function composeItem(
  record: IntakeRecord,
  wishes: ComposeWishes,
  keeper: FileKeeper | undefined,
): Promise<IntakeItem> {
  const given: Given = (target) => valueOf(record, wishes.mapping, target);
  const problems: Told = record.problem ? [record.problem] : [];
  const warnings: Told = (record.warnings ?? []).map((text) => problem('record.left-out', `${text}。`));
  const item = nameItem(record, wishes, { given, problems });
  const described = wishes.types.find((type) => type.key === item.type);
  if (problems.length > 0 || !described) return { ...item, content: undefined, problems, warnings };
  problems.push(...publicProblems(record, described, wishes));
  if (item.title === '') problems.push(problem('record.title-missing', '没有标题。', 'title'));
  const fields = readFields(described, given, problems);
  const body = await readBody(record, given, { problems, warnings, keeper });
  const attachments = await keepAttachments(record, warnings, keeper);
  if (problems.length > 0) return { ...item, content: undefined, problems, warnings };
  const title = given('title').replaceAll(/\s+/g, ' ');
  const whole = fitted(described, {
    ...withDefaults(described, { ...fields, title }, wishes),
    ...(body ? { body: withoutTitle(body, title) } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  });
  const content = check(described, whole, wishes.mode, { problems, warnings });
  return { ...item, content: problems.length === 0 ? content : undefined, problems, warnings };
}

/** What it is called and where it stood, which a report names even when nothing else can be read. */
function nameItem(
  record: IntakeRecord,
  { type, types }: ComposeWishes,
  { given, problems }: { given: Given; problems: Told },
): Named {
  const wanted = given('type');
  const named = wanted === '' ? type : typeNamed(wanted, types);
  if (named === undefined) {
    const message = `没有“${wanted.slice(0, 40)}”这种信息类型，或不能导入。`;
    problems.push(problem('record.field-invalid', message, 'type'));
  }
  return {
    place: record.place,
    key: (given('key') || record.fallbackKey).slice(0, 500),
    title: given('title').replaceAll(/\s+/g, ' ').slice(0, 200),
    oldAddress: given('oldAddress').slice(0, 2_000) || null,
    type: named ?? type,
  };
}

function valueOf(record: IntakeRecord, mapping: Mapping, target: string): string {
  for (const one of mapping) {
    const value = one.target === target ? usableText(record.values[one.source] ?? '').trim() : '';
    if (value !== '') return value;
  }
  return '';
}

/** What may become public at once: no drafts of the old system, and nothing of a type that needs more than texts. */
function publicProblems(record: IntakeRecord, type: ResourceType, { mode }: ComposeWishes): Told {
  if (mode !== 'archive') return [];
  const told: Told = [];
  if (!isArchivable(type))
    told.push(problem('record.field-invalid', `“${type.name}”有文件带不来的必填项，不能直接发布。`, 'type'));
  const status = record.values['状态'];
  if (record.fallbackKey.startsWith('wordpress:') && status !== undefined && status !== 'publish')
    told.push(problem('record.not-public', '在原网站没有公开（状态不是 publish）。'));
  return told;
}

function readFields(
  type: ResourceType,
  given: (target: string) => string,
  problems: Told,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const field of textFields(type)) {
    const text = given(field.key);
    if (text === '' || field.key === 'title') continue;
    const read = readFieldValue(field, text);
    if ('value' in read) fields[field.key] = read.value;
    else problems.push(problem('record.day-unreadable', read.unreadable, field.key));
  }
  return fields;
}

interface Telling {
  readonly problems: Told;
  readonly warnings: Told;
}

async function readBody(
  record: IntakeRecord,
  given: (target: string) => string,
  { problems, warnings, keeper }: Telling & { readonly keeper: FileKeeper | undefined },
): Promise<RichDocument | undefined> {
  const law = given('law');
  const text = given('body');
  try {
    if (text === '') return law === '' ? undefined : documentFromLaw(law);
    if (!isHtml(text)) return documentFromText(text);
    const first = convertHtml(text);
    const kept = await keepPictures(record, [...new Set(first.images.map(({ src }) => src))], {
      warnings,
      keeper,
    });
    const last =
      kept.size === 0 ? first : convertHtml(text, { resolveImage: (src) => kept.get(src) ?? null });
    warnings.push(...leftOutOf(last, keeper === undefined).map((text) => problem('record.left-out', text)));
    return last.document;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push(problem('record.field-invalid', `正文：${error.message}`, 'body'));
    return undefined;
  }
}

/** A preview opens no files: it says how many pictures there are, not that they were left out. */
function leftOutOf({ warnings, images }: ConvertedHtml, isPreview: boolean): string[] {
  const told = warnings.map((text) => `${text}。`);
  if (!isPreview || images.length === 0) return told;
  return [
    `正文里有 ${images.length} 张图片，试运行时检查能否带入。`,
    ...told.filter((text) => !text.includes('图片')),
  ];
}

const mostPictures = 500;

async function keepPictures(
  record: IntakeRecord,
  sources: readonly string[],
  { warnings, keeper }: { readonly warnings: Told; readonly keeper: FileKeeper | undefined },
): Promise<Map<string, { assetId: string }>> {
  const kept = new Map<string, { assetId: string }>();
  for (const src of sources.slice(0, mostPictures)) {
    const file = await openFile(record, src, warnings);
    if (!file) continue;
    // A preview keeps nothing; it only shows that there is a picture.
    if (!keeper) continue;
    const outcome = await keeper.keep(file);
    if ('assetId' in outcome) kept.set(src, outcome);
    else
      warnings.push(
        problem('record.picture-refused', `图片“${file.fileName.slice(0, 80)}”没有带入：${outcome.refused}`),
      );
  }
  return kept;
}

async function openFile(record: IntakeRecord, src: string, warnings: Told): Promise<RecordFile | undefined> {
  if (/^data:/i.test(src)) return pictureInAddress(src);
  try {
    return await record.openFile?.(src);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warnings.push(problem('record.picture-refused', `文件“${src.slice(0, 80)}”没有带入：${error.message}`));
    return undefined;
  }
}

const mostAddressCharacters = 20_000_000;

/** `data:image/png;base64,…`: a picture that is written into the page. */
function pictureInAddress(src: string): RecordFile | undefined {
  const match = /^data:image\/(png|jpe?g|gif|webp);base64,/i.exec(src.slice(0, 100));
  if (!match || src.length > mostAddressCharacters) return undefined;
  const bytes = Buffer.from(src.slice(match[0].length), 'base64');
  return { fileName: `图片.${(match[1] ?? 'png').toLowerCase()}`, bytes };
}

async function keepAttachments(
  record: IntakeRecord,
  warnings: Told,
  keeper: FileKeeper | undefined,
): Promise<{ assetId: string; name: string }[]> {
  const kept: { assetId: string; name: string }[] = [];
  for (const src of (record.attachments ?? []).slice(0, 50)) {
    const file = await openFile(record, src, warnings);
    if (!file || !keeper) continue;
    const outcome = await keeper.keep(file);
    const name = file.fileName.slice(0, 200);
    if ('assetId' in outcome) kept.push({ assetId: outcome.assetId, name });
    else warnings.push(problem('record.left-out', `附件“${name.slice(0, 80)}”没有带入：${outcome.refused}`));
  }
  return kept;
}

/** What the record does not say and everybody knows: who brings it in, and what the form would begin with. */
function withDefaults(
  type: ResourceType,
  given: Readonly<Record<string, unknown>>,
  { mode, unitName, category }: ComposeWishes,
): Record<string, unknown> {
  const otherDay = { producedOn: given['writtenOn'], writtenOn: given['producedOn'] };
  const defaults: Record<string, unknown> = {
    source: unitName,
    issuer: unitName,
    ...(category === null ? {} : { category }),
  };
  for (const { key, initial } of type.fields) if (initial !== undefined) defaults[key] = initial;
  defaults['producedOn'] = otherDay.producedOn;
  // Whoever drafts fills in when a document was written; in an archive nobody will.
  if (mode === 'archive') defaults['writtenOn'] = otherDay.writtenOn;
  return { ...defaults, ...given };
}

/** Only the fields that the type has. */
function fitted(type: ResourceType, values: Readonly<Record<string, unknown>>): ResourceContent {
  const known = new Set(type.fields.map(({ key }) => key));
  return Object.entries(values)
    .filter(([key, value]) => known.has(key) && value !== undefined)
    .reduce<ResourceContent>((content, [key, value]) => withFieldValue(content, key, value), { title: '' });
}

/** A document often begins with its own title; the page shows it above the body already. */
function withoutTitle(body: RichDocument, title: string): RichDocument {
  const [first, ...others] = body.content;
  if (!first || others.length === 0 || (first.type !== 'heading' && first.type !== 'paragraph')) return body;
  const text = (first.content ?? []).map((one) => (one.type === 'text' ? one.text : '')).join('');
  return text.replaceAll(/\s/g, '') === title.replaceAll(/\s/g, '') ? { ...body, content: others } : body;
}

function check(
  type: ResourceType,
  content: ResourceContent,
  mode: ImportMode,
  { problems, warnings }: Telling,
): ResourceContent | undefined {
  try {
    const checked = checkedContent(type, content);
    const at = mode === 'archive' ? 'archive' : 'draft';
    problems.push(
      ...contentProblems(type, checked, at).map(({ field, message }) =>
        problem('record.field-invalid', message, field),
      ),
    );
    if (mode === 'archive') requireArchiveFields(type, checked, problems);
    else {
      const wanting = contentProblems(type, checked, 'submission').map(({ message }) => message);
      if (wanting.length > 0)
        warnings.push(problem('record.incomplete', `提交审核前还要完善：${wanting.join('')}`.slice(0, 500)));
    }
    return checked;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const told = (error.details as { problems?: readonly { field?: string; message: string }[] } | undefined)
      ?.problems;
    problems.push(
      ...(told && told.length > 0 ? told : [{ message: error.message }]).map((one) =>
        problem('record.field-invalid', one.message, 'field' in one ? (one.field ?? null) : null),
      ),
    );
    return undefined;
  }
}

/** What goes public without anybody's look has a body and a day, where its type has them. */
function requireArchiveFields(type: ResourceType, content: ResourceContent, problems: Told): void {
  const needs = (key: string): boolean =>
    type.fields.some((field) => field.key === key && field.requiredAt !== 'never');
  const hasBody = (content.body?.content ?? []).some(
    (block) => block.type !== 'paragraph' || (block.content ?? []).length > 0,
  );
  if (needs('body') && !hasBody) problems.push(problem('record.body-missing', '没有正文。', 'body'));
  if (needs('producedOn') && !content.producedOn)
    problems.push(problem('record.field-invalid', '没有生成日期。', 'producedOn'));
}
