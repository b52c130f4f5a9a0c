import { type Static, Type } from 'typebox';

import { Closed, Day, Id } from './endpoint.ts';
import { RichDocumentSchema } from './rich-text.ts';

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
const linkPattern = '^(?:/(?!/)[^\\s\\\\<>"]*|https?://[^\\s\\\\<>"]+)$';
const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^\\S(?:[^\\n\\r]*\\S)?$' });
const Title = Words(40);
const Url = Type.String({ maxLength: 500, pattern: linkPattern });
const Key = Type.String({ pattern: '^[a-z0-9]{6,24}$' });

export const BlockLink = Closed({
  name: Words(60),
  url: Url,
  note: Type.Optional(Words(80)),
});
export type BlockLink = Static<typeof BlockLink>;
const Links = (maxItems: number) => Type.Array(BlockLink, { minItems: 1, maxItems });

const Group = Closed({ name: Words(20), links: Links(24) });

const Figure = Closed({
  name: Words(20),
  /** Written as it is to be read: `1.2 万`. Absent when it is counted from a column. */
  value: Type.Optional(Words(20)),
  /** The number of live entries of this column. */
  columnId: Type.Optional(Id),
  unit: Type.Optional(Words(10)),
  url: Type.Optional(Url),
});

/** `key` names a block inside its page for as long as the block lives, so that moves and comments find it. */
const block = <K extends BlockKind, P extends Parameters<typeof Closed>[0]>(kind: K, properties: P) =>
  Closed({ key: Key, kind: Type.Literal(kind), ...properties });

export const Block = Type.Union([
  block('lead', { columnId: Id, secondColumnId: Type.Optional(Id) }),
  block('columns', { columnIds: Type.Array(Id, { minItems: 1, maxItems: 6, uniqueItems: true }) }),
  block('tabs', {
    title: Title,
    columnIds: Type.Array(Id, { minItems: 2, maxItems: 6, uniqueItems: true }),
  }),
  block('notices', { title: Title, columnId: Id }),
  block('services', {
    title: Title,
    url: Type.Optional(Url),
    groups: Type.Array(Group, { minItems: 1, maxItems: 6 }),
  }),
  block('figures', {
    title: Title,
    figures: Type.Array(Figure, { minItems: 1, maxItems: 8 }),
    /** The day that typed values were true on. */
    asOf: Type.Optional(Day),
    url: Type.Optional(Url),
  }),
  block('chart', {
    title: Title,
    form: Type.Union([Type.Literal('bar'), Type.Literal('line')]),
    unit: Words(10),
    rows: Type.Array(Closed({ name: Words(20), value: Type.Number({ minimum: -1e15, maximum: 1e15 }) }), {
      minItems: 2,
      maxItems: 24,
    }),
    source: Type.Optional(Words(60)),
    url: Type.Optional(Url),
  }),
  block('cards', {
    title: Title,
    cards: Type.Array(
      Closed({
        name: Words(40),
        url: Url,
        note: Type.Optional(Words(80)),
        assetId: Type.Optional(Id),
      }),
      { minItems: 1, maxItems: 12 },
    ),
  }),
  block('links', { title: Title, groups: Type.Array(Group, { minItems: 1, maxItems: 8 }) }),
  block('text', { title: Type.Optional(Title), body: RichDocumentSchema }),
  block('picture', {
    assetId: Id,
    alt: Words(120),
    caption: Type.Optional(Words(120)),
    url: Type.Optional(Url),
  }),
  block('video', {
    title: Title,
    assetId: Id,
    posterAssetId: Type.Optional(Id),
    /** What is said and shown, for those who cannot hear or see it (WCAG 1.2). */
    transcript: Type.String({ minLength: 1, maxLength: 20_000 }),
  }),
  block('profile', {
    title: Title,
    text: Type.String({ minLength: 1, maxLength: 1_000 }),
    facts: Type.Array(Closed({ name: Words(20), value: Words(40) }), { maxItems: 8 }),
    url: Type.Optional(Url),
  }),
]);
export type Block = Static<typeof Block>;

/** A page without blocks is a mistake; one with more is a wall. */
export const Blocks = Type.Array(Block, { minItems: 1, maxItems: 30 });
export type Blocks = Static<typeof Blocks>;
