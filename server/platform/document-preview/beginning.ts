import type {
  ListItem,
  Paragraph,
  RichBlock,
  RichDocument,
  Table,
  TableCell,
} from '../../../contracts/rich-text.ts';
import type { Finding } from '../document-text/document.types.ts';
import { plainText } from '../rich-text/index.ts';
import { usableText } from '../usable-text.ts';
import { type DocumentPreview, noPreview } from './preview.types.ts';

/** About eight pages of an official document; what is empty takes a little room too. */
const mostRoom = 12_500;
const mostBlocks = 400;

const charactersOf = (blocks: readonly RichBlock[]): number =>
  plainText({ type: 'doc', content: [...blocks] }).length;

interface Part {
  readonly text?: string;
  readonly content?: readonly Part[] | undefined;
}

/** Characters, and one for each part that holds them: a hundred thousand empty cells are no small table. */
const roomOf = ({ text, content = [] }: Part): number =>
  text?.length ?? content.reduce((sum, inner) => sum + roomOf(inner), 1);

/** The beginning of a text, cut between blocks, rows and items. */
export function previewOfBody(document: RichDocument, findings: readonly Finding[] = []): DocumentPreview {
  const content: RichBlock[] = [];
  let room = mostRoom;
  let isWhole = true;
  for (const block of document.content) {
    const size = roomOf(block as Part);
    const fits = size <= room && content.length < mostBlocks;
    const taken = fits ? block : cut(block, room);
    if (taken !== undefined) content.push(taken);
    room -= size;
    if (fits) continue;
    isWhole = false;
    break;
  }
  const hasWords = content.some((block) => block.type === 'table' || charactersOf([block]) > 0);
  if (!hasWords) return { ...noPreview('damaged'), findings };
  return { kind: 'text', body: { type: 'doc', content }, isWhole, findings };
}

export const previewOfLines = (
  lines: readonly string[],
  findings: readonly Finding[] = [],
): DocumentPreview => {
  // A PDF may hold what no database takes.
  const written = lines.map((line) => usableText(line).trim()).filter((line) => line !== '');
  return previewOfBody({ type: 'doc', content: written.map(paragraphOf) }, findings);
};

export const paragraphOf = (text: string): Paragraph =>
  text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text }] };

/** As much of a block as there is room for. */
function cut(block: RichBlock, room: number): RichBlock | undefined {
  switch (block.type) {
    case 'table':
      return cutTable(block, room);
    case 'bulletList':
      return withItems(block.content, room, (content) => ({ ...block, content }));
    case 'orderedList':
      return withItems(block.content, room, (content) => ({ ...block, content }));
    case 'paragraph':
    case 'heading': {
      const text = charactersOf([block]) > 0 ? plainText({ type: 'doc', content: [block] }) : '';
      const short = text.slice(0, Math.max(0, room)).toWellFormed();
      return short === '' ? undefined : paragraphOf(`${short}…`);
    }
    default:
      return undefined;
  }
}

function withItems(
  items: readonly ListItem[],
  room: number,
  make: (items: ListItem[]) => RichBlock,
): RichBlock | undefined {
  const taken = fitting(items, room, (item) => roomOf(item as Part));
  return taken.length === 0 ? undefined : make(taken);
}

function cutTable(table: Table, room: number): Table | undefined {
  const taken = fitting(table.content, room, (row) => roomOf(row as Part));
  if (taken.length === 0) return undefined;
  const content = taken.map((row, at) => ({
    ...row,
    content: (row.content ?? []).map((cell) => within(cell, taken.length - at)),
  }));
  return { type: 'table', content };
}

/** A cell that went on below where the table was cut ends with it. */
function within(cell: TableCell, rows: number): TableCell {
  const { rowspan = 1 } = cell.attrs ?? {};
  return rowspan <= rows ? cell : { ...cell, attrs: { ...cell.attrs, rowspan: rows } };
}

function fitting<T>(all: readonly T[], room: number, sizeOf: (one: T) => number): T[] {
  const taken: T[] = [];
  let left = room;
  for (const one of all) {
    left -= sizeOf(one);
    if (left < 0) break;
    taken.push(one);
  }
  return taken;
}
