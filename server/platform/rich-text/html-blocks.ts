import type {
  BulletList,
  ListItem,
  OrderedList,
  Paragraph,
  RichBlock,
} from '../../../contracts/rich-text.ts';
import { tableFrom, type DraftRow } from './table-grid.ts';

type List = BulletList | OrderedList;
type FrameKind = 'doc' | 'quote' | 'item' | 'cell' | 'list' | 'table';

interface Frame {
  readonly kind: FrameKind;
  /** How deep the node that holds the blocks lies in the document. */
  readonly depth: number;
  /** What a document, quotation, item or cell holds. */
  readonly blocks: RichBlock[];
  /** The word processor's lists that the next list paragraph can go on with, outermost first. */
  readonly office: { level: number; list: List }[];
  readonly list: List | null;
  readonly rows: DraftRow[];
  readonly widths: number[];
}

/** How a list paragraph of a word processor is to be shown. */
export interface OfficeEntry {
  readonly level: number;
  readonly isOrdered: boolean;
  readonly start: number;
}

// Nine levels of a word processor's list, two nodes each, still fit below this.
const maxFrameDepth = 20;
const frameDepths: Readonly<Record<FrameKind, number>> = {
  doc: 0,
  quote: 1,
  item: 1,
  list: 1,
  table: 2,
  cell: 1,
};

const isList = (block: RichBlock): block is List =>
  block.type === 'bulletList' || block.type === 'orderedList';

const newList = (isOrdered: boolean, start: number): List => {
  if (!isOrdered) return { type: 'bulletList', content: [] };
  return start === 1
    ? { type: 'orderedList', content: [] }
    : { type: 'orderedList', attrs: { start }, content: [] };
};

/** The document under construction: open lists, tables, cells and quotations, and where a block goes. */
export class BlockTree {
  private readonly frames: Frame[] = [frameOf('doc', 1, null)];

  get blocks(): RichBlock[] {
    return this.frames[0]?.blocks ?? [];
  }

  isInside(kind: FrameKind): boolean {
    return this.top.kind === kind;
  }

  isWithin(kind: FrameKind): boolean {
    return this.frames.some((frame) => frame.kind === kind);
  }

  /** Opens a frame unless the document would become too deep; false when it did not. */
  open(kind: FrameKind, list: { isOrdered: boolean; start: number } | null = null): boolean {
    // What stands in a list outside its items gets an item of its own in between.
    const between = this.top.kind === 'list' && kind !== 'item' ? 1 : 0;
    const depth = this.top.depth + between + frameDepths[kind];
    if (depth > maxFrameDepth) return false;
    this.frames.push(frameOf(kind, depth, list === null ? null : newList(list.isOrdered, list.start)));
    return true;
  }

  closeQuote(): void {
    const { blocks } = this.pop();
    if (blocks.length > 0) this.append({ type: 'blockquote', content: blocks });
  }

  closeItem(): void {
    const { blocks } = this.pop();
    if (blocks.length > 0) this.top.list?.content.push(itemOf(blocks));
  }

  closeList(): void {
    const { list } = this.pop();
    if (list !== null && list.content.length > 0) this.append(list);
  }

  openRow(): void {
    this.top.rows.push([]);
  }

  closeCell(cell: { isHeader: boolean; colspan: number; rowspan: number }): void {
    const { blocks } = this.pop();
    this.top.rows.at(-1)?.push({ ...cell, blocks });
  }

  addColumn(width: number, count: number): void {
    for (let index = 0; index < count; index += 1) this.top.widths.push(width);
  }

  closeTable(): void {
    const { rows, widths } = this.pop();
    const table = tableFrom(rows, widths);
    if (table !== null) this.append(table);
  }

  append(block: RichBlock): void {
    const { top } = this;
    if (top.kind === 'list' && top.list !== null) {
      appendToList(top.list, block);
      return;
    }
    const holder = top.kind === 'table' ? this.holderOfTable() : top;
    holder.office.length = 0;
    holder.blocks.push(block);
  }

  /** Puts a caption on the picture that was added last; false when there is none. */
  captionImage(title: string): boolean {
    const last = this.top.blocks.at(-1);
    if (last?.type !== 'image' || last.attrs.title) return false;
    last.attrs.title = title;
    return true;
  }

  /** A list paragraph of a word processor becomes an item of a real list at its level. */
  appendOfficeItem(paragraphs: Paragraph[], entry: OfficeEntry): void {
    const { top } = this;
    const { office } = top;
    if (top.kind === 'list' || top.kind === 'table') {
      for (const paragraph of paragraphs) this.append(paragraph);
      return;
    }
    const list = goingOn(office, entry) ?? this.openOfficeList(top, entry);
    list.content.push({ type: 'listItem', content: paragraphs });
  }

  private openOfficeList({ blocks, office }: Frame, entry: OfficeEntry): List {
    const list = newList(entry.isOrdered, entry.start);
    const parent = office.at(-1)?.list.content.at(-1);
    (parent?.content ?? blocks).push(list);
    office.push({ level: entry.level, list });
    return list;
  }

  private get top(): Frame {
    const top = this.frames.at(-1);
    if (top === undefined) throw new Error('The document itself is always open.');
    return top;
  }

  private pop(): Frame {
    const frame = this.top;
    if (this.frames.length > 1) this.frames.pop();
    return frame;
  }

  private holderOfTable(): Frame {
    const holder = this.frames.findLast((frame) => frame.kind !== 'table' && frame.kind !== 'list');
    return holder ?? this.top;
  }
}

function frameOf(kind: FrameKind, depth: number, list: List | null): Frame {
  return { kind, depth, blocks: [], office: [], list, rows: [], widths: [] };
}

/** An item as the editor has it: a paragraph first, whatever follows. */
function itemOf(blocks: RichBlock[]): ListItem {
  const [first, ...rest] = blocks;
  if (first?.type === 'paragraph') return { type: 'listItem', content: blocks };
  if (first?.type !== 'heading') return { type: 'listItem', content: [{ type: 'paragraph' }, ...blocks] };
  const { content = [] } = first;
  return { type: 'listItem', content: [{ type: 'paragraph', content }, ...rest] };
}

/** What stands in a list outside its items: a list goes on below the last item, the rest is an item. */
function appendToList(list: List, block: RichBlock): void {
  const last: ListItem | undefined = list.content.at(-1);
  if (isList(block) && last !== undefined) last.content.push(block);
  else list.content.push(itemOf([block]));
}

/** The open list that the entry goes on with, if there is one; deeper ones and one of another kind end. */
function goingOn(office: Frame['office'], entry: OfficeEntry): List | null {
  while ((office.at(-1)?.level ?? 0) > entry.level) office.pop();
  const last = office.at(-1);
  if (last?.level !== entry.level) return null;
  if (isNext(last.list, entry)) return last.list;
  office.pop();
  return null;
}

/** A number that is not the next one begins another list, because readers refer to items by their numbers. */
function isNext(list: List, entry: OfficeEntry): boolean {
  if (list.type === 'bulletList' || !entry.isOrdered) return list.type === 'bulletList' && !entry.isOrdered;
  return (list.attrs?.start ?? 1) + list.content.length === entry.start;
}
