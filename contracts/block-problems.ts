import { Value } from 'typebox/value';

import { type Block, type BlockKind, blockKindNames, type BlockLink, Blocks, linkPattern } from './blocks.ts';
import type { RichDocument } from './rich-text.ts';

/** Why a block cannot go onto a page yet, in a sentence for its editor. */
export interface BlockProblem {
  readonly key: string;
  readonly message: string;
}

/** Everything that keeps the blocks from being shown: the block is named by its place and its kind. */
export function blockProblems(blocks: readonly Block[]): readonly BlockProblem[] {
  const seen = new Set<string>();
  return blocks.flatMap((block, index) => {
    const name = blockName(block, index);
    const messages = [...problemsOf(block)];
    if (seen.has(block.key)) messages.push('与前面的区块编号重复，请删除后重新添加');
    seen.add(block.key);
    return messages.map((message) => ({ key: block.key, message: `${name}：${message}。` }));
  });
}

export function blockName(block: { readonly kind: BlockKind }, index: number): string {
  return `第${index + 1}块“${blockKindNames[block.kind]}”`;
}

type Sentence = string | false | undefined;
const oneLine = /^\S(?:[^\n\r]*\S)?$/u;
const address = new RegExp(linkPattern, 'u');

/** What is wrong with one block; empty when it can be shown. */
export function problemsOf(block: Block): readonly string[] {
  const sentences = sentencesOf[block.kind] as (block: Block) => readonly Sentence[];
  return sentences(block).filter((one): one is string => typeof one === 'string');
}

type Of<K extends BlockKind> = Extract<Block, { kind: K }>;

const sentencesOf: { readonly [K in BlockKind]: (block: Of<K>) => readonly Sentence[] } = {
  lead: (block) => [chosen(block.columnId, '栏目')],
  columns: (block) => columns(block.columnIds, 1),
  tabs: (block) => [words(block.title, '标题'), ...columns(block.columnIds, 2)],
  notices: (block) => [words(block.title, '标题'), chosen(block.columnId, '栏目')],
  services: (block) => [words(block.title, '标题'), ...groups(block), link(block.url, '“更多”的链接')],
  links: (block) => [words(block.title, '标题'), ...groups(block)],
  figures: (block) => figures(block),
  chart: (block) => chart(block),
  cards: (block) => cards(block),
  text: (block) => [optional(block.title, '标题'), saysSomething(block.body) ? undefined : '请填写正文'],
  picture: (block) => [
    file(block.assetId, '图片'),
    words(block.alt, '图片说明（读屏软件读给看不见的人）'),
    optional(block.caption, '图下文字'),
    link(block.url, '链接'),
  ],
  video: (block) => [
    words(block.title, '标题'),
    file(block.assetId, '视频'),
    block.transcript.trim() === '' && '请填写文字稿，让看不见、听不见的人也能了解视频内容',
  ],
  profile: (block) => profile(block),
};

function words(text: string, name: string): Sentence {
  if (text === '') return `请填写${name}`;
  return optional(text, name);
}

function optional(text: string | undefined, name: string): Sentence {
  if (text === undefined || oneLine.test(text)) return undefined;
  return `${name}只能是一行文字，前后不要有空格`;
}

function chosen(id: string, name: string): Sentence {
  return id === '' && `请选择${name}`;
}

function file(id: string, name: string): Sentence {
  return id === '' && `请上传${name}`;
}

function link(url: string | undefined, name: string): Sentence {
  if (url === undefined) return undefined;
  if (url === '') return `请填写${name}`;
  return !address.test(url) && `${name}要写成本站路径（以 / 开头）或以 http://、https:// 开头的网址`;
}

function columns(ids: readonly string[], least: number): readonly Sentence[] {
  return [
    ids.length < least && `请至少选择${least}个栏目`,
    ids.includes('') && '有一个栏目没有选择',
    new Set(ids).size < ids.length && '同一个栏目不能选两次',
  ];
}

function links(list: readonly BlockLink[], of: string): readonly Sentence[] {
  return [
    list.length === 0 && `${of}还没有链接`,
    ...list.flatMap(({ name, url, note }, at) => {
      const where = `${of}第${at + 1}个链接`;
      return [words(name, `${where}的名称`), link(url, `${where}的地址`), optional(note, `${where}的说明`)];
    }),
  ];
}

function groups(block: Extract<Block, { kind: 'services' | 'links' }>): readonly Sentence[] {
  return [
    block.groups.length === 0 && '请至少添加一组链接',
    ...block.groups.flatMap((group, at) => [
      words(group.name, `第${at + 1}组的名称`),
      ...links(group.links, `第${at + 1}组`),
    ]),
  ];
}

function figures(block: Extract<Block, { kind: 'figures' }>): readonly Sentence[] {
  return [
    words(block.title, '标题'),
    block.figures.length === 0 && '请至少添加一个数字',
    ...block.figures.flatMap(({ name, value, columnId, unit, url }, at) => {
      const where = `第${at + 1}个数字`;
      return [
        words(name, `${where}的名称`),
        value === undefined && columnId === undefined && `${where}要么填写数值，要么选择一个栏目来计数`,
        optional(value, `${where}的数值`),
        optional(unit, `${where}的单位`),
        link(url, `${where}的链接`),
      ];
    }),
    link(block.url, '“更多”的链接'),
  ];
}

function chart(block: Extract<Block, { kind: 'chart' }>): readonly Sentence[] {
  return [
    words(block.title, '标题'),
    words(block.unit, '单位'),
    block.rows.length < 2 && '请至少填写两行数据',
    ...block.rows.map(({ name }, at) => words(name, `第${at + 1}行的名称`)),
    optional(block.source, '数据来源'),
    link(block.url, '“更多”的链接'),
  ];
}

function cards(block: Extract<Block, { kind: 'cards' }>): readonly Sentence[] {
  return [
    words(block.title, '标题'),
    block.cards.length === 0 && '请至少添加一张卡片',
    ...block.cards.flatMap(({ name, url, note }, at) => {
      const where = `第${at + 1}张卡片`;
      return [words(name, `${where}的名称`), link(url, `${where}的链接`), optional(note, `${where}的说明`)];
    }),
  ];
}

function profile(block: Extract<Block, { kind: 'profile' }>): readonly Sentence[] {
  return [
    words(block.title, '标题'),
    block.text.trim() === '' && '请填写概况文字',
    ...block.facts.flatMap(({ name, value }, at) => [
      words(name, `第${at + 1}个要点的名称`),
      words(value, `第${at + 1}个要点的内容`),
    ]),
    link(block.url, '链接'),
  ];
}

/** A body says something when it holds any text or picture. */
function saysSomething(document: RichDocument): boolean {
  const open: unknown[] = [document];
  while (open.length > 0) {
    const node = open.pop() as { type?: unknown; text?: unknown; content?: unknown };
    if (node.type === 'image') return true;
    if (typeof node.text === 'string' && node.text.trim() !== '') return true;
    if (Array.isArray(node.content)) open.push(...(node.content as unknown[]));
  }
  return false;
}

/** Whether blocks have the form that pages are made from: a draft's may be half written. */
export function areBlocksWhole(blocks: readonly Block[]): boolean {
  return Value.Check(Blocks, blocks);
}
