import { type Static, Type } from 'typebox';

import { Closed, Day, Id } from './endpoint.ts';
import { type RichDocument, RichDocumentSchema } from './rich-text.ts';

/**
 * What home pages and topic pages are composed of: data with a schema, never code. A block names columns, files and
 * addresses; what is shown of them is read when the page is built.
 */
export const blockKinds = [
  'lead',
  'columns',
  'tabs',
  'notices',
  'services',
  'figures',
  'chart',
  'cards',
  'links',
  'text',
  'picture',
  'video',
  'profile',
] as const;
export type BlockKind = (typeof blockKinds)[number];
export const blockKindNames: Readonly<Record<BlockKind, string>> = {
  lead: '图文要闻',
  columns: '栏目并列',
  tabs: '栏目选项卡',
  notices: '通知公告条',
  services: '办事服务',
  figures: '数字一览',
  chart: '数据图表',
  cards: '专题卡片',
  links: '分组链接',
  text: '文字',
  picture: '图片',
  video: '视频',
  profile: '概况',
};

/** A path of the site itself, or a whole address. No other scheme can get onto a page. */
export const linkPattern = '^(?:/(?!/)[^\\s\\\\<>"]*|https?://[^\\s\\\\<>"]+)$';
const wordsPattern = '^\\S(?:[^\\n\\r]*\\S)?$';
export const keyPattern = '^[a-z0-9]{6,24}$';
const Key = Type.String({ pattern: keyPattern });

/** What the parts of a block are made of: whole, as they go onto a page, or half-written, as a draft keeps them. */
interface Grade {
  readonly words: (maxLength: number) => ReturnType<typeof Type.String>;
  readonly lines: (maxLength: number) => ReturnType<typeof Type.String>;
  readonly id: ReturnType<typeof Type.String>;
  readonly url: ReturnType<typeof Type.String>;
  readonly day: ReturnType<typeof Type.String>;
  readonly least: (minItems: number) => { readonly minItems: number };
}

const whole: Grade = {
  words: (maxLength) => Type.String({ maxLength, pattern: wordsPattern }),
  lines: (maxLength) => Type.String({ minLength: 1, maxLength, pattern: '\\S' }),
  id: Id,
  url: Type.String({ maxLength: 500, pattern: linkPattern }),
  day: Day,
  least: (minItems) => ({ minItems }),
};

const halfWritten: Grade = {
  words: (maxLength) => Type.String({ maxLength }),
  lines: (maxLength) => Type.String({ maxLength }),
  id: Type.String({ pattern: '^(?:[1-9][0-9]{0,17})?$' }),
  url: Type.String({ maxLength: 500 }),
  day: Type.String({ pattern: '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$' }),
  least: () => ({ minItems: 0 }),
};

/** `key` names a block inside its page for as long as the block lives, so that moves and comments find it. */
const block = <K extends BlockKind, P extends Parameters<typeof Closed>[0]>(kind: K, properties: P) =>
  Closed({ key: Key, kind: Type.Literal(kind), ...properties });

const linkOf = ({ words, url }: Grade) => Closed({ name: words(60), url, note: Type.Optional(words(80)) });

const groupOf = (grade: Grade) =>
  Closed({
    name: grade.words(20),
    links: Type.Array(linkOf(grade), { ...grade.least(1), maxItems: 24 }),
  });

const figureOf = ({ words, id, url }: Grade) =>
  Closed({
    name: words(20),
    /** Written as it is to be read: `1.2 万`. Absent when it is counted from a column. */
    value: Type.Optional(words(20)),
    /** The number of live entries of this column. */
    columnId: Type.Optional(id),
    unit: Type.Optional(words(10)),
    url: Type.Optional(url),
  });

const cardOf = ({ words, id, url }: Grade) =>
  Closed({ name: words(40), url, note: Type.Optional(words(80)), assetId: Type.Optional(id) });

function blockOf(grade: Grade) {
  const { words, lines, id, url, day, least } = grade;
  const title = words(40);
  const columnIds = (minItems: number) =>
    Type.Array(id, { ...least(minItems), maxItems: 6, uniqueItems: true });
  return Type.Union([
    block('lead', { columnId: id, secondColumnId: Type.Optional(id) }),
    block('columns', { columnIds: columnIds(1) }),
    block('tabs', { title, columnIds: columnIds(2) }),
    block('notices', { title, columnId: id }),
    block('services', {
      title,
      url: Type.Optional(url),
      groups: Type.Array(groupOf(grade), { ...least(1), maxItems: 6 }),
    }),
    block('figures', {
      title,
      figures: Type.Array(figureOf(grade), { ...least(1), maxItems: 8 }),
      /** The day that typed values were true on. */
      asOf: Type.Optional(day),
      url: Type.Optional(url),
    }),
    block('chart', {
      title,
      form: Type.Union([Type.Literal('bar'), Type.Literal('line')]),
      unit: words(10),
      rows: Type.Array(Closed({ name: words(20), value: Type.Number({ minimum: -1e15, maximum: 1e15 }) }), {
        ...least(2),
        maxItems: 24,
      }),
      source: Type.Optional(words(60)),
      url: Type.Optional(url),
    }),
    block('cards', { title, cards: Type.Array(cardOf(grade), { ...least(1), maxItems: 12 }) }),
    block('links', { title, groups: Type.Array(groupOf(grade), { ...least(1), maxItems: 8 }) }),
    block('text', { title: Type.Optional(title), body: RichDocumentSchema }),
    block('picture', {
      assetId: id,
      alt: words(120),
      caption: Type.Optional(words(120)),
      url: Type.Optional(url),
    }),
    block('video', {
      title,
      assetId: id,
      posterAssetId: Type.Optional(id),
      /** What is said and shown, for those who cannot hear or see it (WCAG 1.2). */
      transcript: lines(20_000),
    }),
    block('profile', {
      title,
      text: lines(1_000),
      facts: Type.Array(Closed({ name: words(20), value: words(40) }), { maxItems: 8 }),
      url: Type.Optional(url),
    }),
  ]);
}

export const BlockLink = linkOf(whole);
export type BlockLink = Static<typeof BlockLink>;

export const Block = blockOf(whole);
export type Block = Static<typeof Block>;

/** A page without blocks is a mistake; one with more is a wall. */
export const mostBlocks = 30;
export const Blocks = Type.Array(Block, { minItems: 1, maxItems: mostBlocks });
export type Blocks = Static<typeof Blocks>;

/** The same while it is being composed: what is still empty may be empty. It goes onto no page. */
export const DraftBlocks = Type.Array(blockOf(halfWritten), { maxItems: mostBlocks });

/** The bodies of the blocks of words. */
export function bodiesIn(blocks: readonly Block[]): readonly RichDocument[] {
  return blocks.flatMap((one) => (one.kind === 'text' ? [one.body] : []));
}

/** The columns whose entries or numbers the blocks show. */
export function columnIdsIn(blocks: readonly Block[]): readonly string[] {
  const ids = blocks.flatMap((one): readonly (string | undefined)[] => {
    switch (one.kind) {
      case 'lead':
        return [one.columnId, one.secondColumnId];
      case 'columns':
      case 'tabs':
        return one.columnIds;
      case 'notices':
        return [one.columnId];
      case 'figures':
        return one.figures.map((figure) => figure.columnId);
      default:
        return [];
    }
  });
  return [...new Set(ids.filter((id): id is string => id !== undefined && id !== ''))];
}

/** The files that the blocks themselves name; pictures in their bodies are the bodies' own. */
export function assetIdsOfBlocks(blocks: readonly Block[]): {
  readonly images: readonly string[];
  readonly videos: readonly string[];
} {
  const images = blocks.flatMap((one): readonly (string | undefined)[] => {
    if (one.kind === 'cards') return one.cards.map((card) => card.assetId);
    if (one.kind === 'picture') return [one.assetId];
    return one.kind === 'video' ? [one.posterAssetId] : [];
  });
  const named = (ids: readonly (string | undefined)[]) => [
    ...new Set(ids.filter((id): id is string => id !== undefined && id !== '')),
  ];
  return {
    images: named(images),
    videos: named(blocks.flatMap((one) => (one.kind === 'video' ? [one.assetId] : []))),
  };
}

/** What may be absent: written empty it says nothing. Of blocks by their kind, of lists by their key. */
const optionalParts: Readonly<Record<string, readonly string[]>> = {
  lead: ['secondColumnId'],
  services: ['url'],
  figures: ['asOf', 'url'],
  chart: ['source', 'url'],
  text: ['title'],
  picture: ['caption', 'url'],
  video: ['posterAssetId'],
  profile: ['url'],
};
const optionalOfItems: Readonly<Record<string, readonly string[]>> = {
  links: ['note'],
  figures: ['value', 'columnId', 'unit', 'url'],
  cards: ['note', 'assetId'],
};

/** One writing for one content: texts trimmed, what is empty and may be absent left out. Bodies stay as they are. */
export function tidyBlocks(blocks: readonly Block[]): Block[] {
  return blocks.map((one) => tidyRecord(one, optionalParts[one.kind] ?? []) as unknown as Block);
}

function tidyRecord(record: object, optional: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(record).map(([key, value]: [string, unknown]): [string, unknown] => [
    key,
    key === 'body' ? value : tidyValue(key, value),
  ]);
  return Object.fromEntries(entries.filter(([key, value]) => value !== '' || !optional.includes(key)));
}

function tidyValue(key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) =>
    typeof item === 'object' && item !== null
      ? tidyRecord(item, optionalOfItems[key] ?? [])
      : tidyValue(key, item),
  );
}
