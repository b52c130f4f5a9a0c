import type { RichDocument, RichNode } from './rich-text.ts';

/** A stretch of plain text that stands as one piece in the document. */
interface TextRun {
  /** Where it begins in the plain text. */
  readonly offset: number;
  /** Where it begins in the document, counted as ProseMirror counts. */
  readonly position: number;
  readonly length: number;
}

/** The words of a document in one text, and where each of them stands in the document. */
export interface BodyText {
  readonly text: string;
  readonly runs: readonly TextRun[];
}

const lineEnd = '\n';
const cellEnd = '\t';
const spaceInCell = ' ';

/**
 * The text as it is read: a line for each block, the cells of a table row apart by tabs, blocks and line breaks
 * inside a cell by a space. Nothing is shortened, so that every character has its place. For checked documents.
 */
export function bodyText(document: RichDocument): BodyText {
  const runs: TextRun[] = [];
  let text = '';
  // What stands between the last words and the next ones, once there are any.
  let gap = '';

  const writeInline = (node: RichNode, position: number, between: string): void => {
    let at = position;
    for (const child of childrenOf(node)) {
      const words = child.type === 'text' ? child.text : between;
      text += gap;
      gap = '';
      runs.push({ offset: text.length, position: at, length: words.length });
      text += words;
      at += words.length;
    }
  };
  const writeRow = (row: RichNode, position: number): void => {
    text += text === '' ? '' : lineEnd;
    gap = '';
    let at = position;
    childrenOf(row).forEach((cell, index) => {
      text += index === 0 ? '' : cellEnd;
      gap = '';
      write(cell, at + 1, spaceInCell);
      at += sizeOf(cell);
    });
    gap = lineEnd;
  };
  const write = (parent: RichNode, position: number, between: string): void => {
    let at = position;
    for (const node of childrenOf(parent)) {
      if (node.type === 'paragraph' || node.type === 'heading') {
        writeInline(node, at + 1, between);
        gap = text === '' ? '' : between;
      } else if (node.type === 'tableRow') writeRow(node, at + 1);
      else write(node, at + 1, between);
      at += sizeOf(node);
    }
  };
  // The document itself has no opening in ProseMirror's count.
  write(document, 0, lineEnd);
  return { text, runs };
}

const childrenOf = (node: RichNode): readonly RichNode[] => ('content' in node ? node.content : []);

/** How many positions a node takes in ProseMirror's count: words one each, what has an inside two more. */
function sizeOf(node: RichNode): number {
  if (node.type === 'text') return node.text.length;
  if (node.type === 'hardBreak' || node.type === 'image' || node.type === 'horizontalRule') return 1;
  return childrenOf(node).reduce((size, child) => size + sizeOf(child), 2);
}

/** Where a stretch of the plain text stands in the document; undefined when none of its words are there any more. */
export function documentRange(
  { runs }: BodyText,
  start: number,
  end: number,
): { readonly from: number; readonly to: number } | undefined {
  const first = runs.find((run) => run.offset + run.length > start);
  const last = runs.findLast((run) => run.offset < end);
  if (!first || !last || first.offset > last.offset) return undefined;
  const from = first.position + Math.max(0, start - first.offset);
  const to = last.position + Math.min(last.length, end - last.offset);
  return to > from ? { from, to } : undefined;
}
