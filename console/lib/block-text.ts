import { type Block, blockKindNames } from '../../contracts/blocks.ts';
import type { RichDocument } from '../../contracts/rich-text.ts';

/** Names of the parts as the forms call them; what has none is told by its value alone. */
const partNames: Readonly<Record<string, string>> = {
  title: '标题',
  columnId: '栏目',
  secondColumnId: '第二栏目',
  columnIds: '栏目',
  url: '链接',
  asOf: '截止',
  unit: '单位',
  source: '来源',
  assetId: '文件',
  posterAssetId: '封面',
  alt: '图片说明',
  caption: '图下文字',
  transcript: '文字稿',
  note: '说明',
};

/** A block in words, a line for each part, for those who compare two versions of a page. */
export function blockText(block: Block, textOf: (document: RichDocument) => string = () => ''): string {
  const parts = Object.entries(block).filter(([name]) => name !== 'key' && name !== 'kind');
  const lines = parts.flatMap(([name, value]: [string, unknown]) => linesOf(name, value, textOf));
  const title = 'title' in block ? (block.title ?? '') : '';
  return [`［${blockKindNames[block.kind]}］${title}`, ...lines].join('\n');
}

function linesOf(name: string, value: unknown, textOf: (document: RichDocument) => string): string[] {
  if (value === undefined || value === null || name === 'title') return [];
  if (name === 'body') return [textOf(value as RichDocument)];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => [`· ${wordsOf(one)}`]);
  if (typeof value === 'object') return [wordsOf(value)];
  return [
    `${partNames[name] ?? ''}${partNames[name] ? '：' : ''}${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ];
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('；');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(wordsOf).join(' ');
}
