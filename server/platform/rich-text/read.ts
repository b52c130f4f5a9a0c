import {
  nameAnchors,
  type RichBlock,
  type RichDocument,
  type RichInline,
  type RichNode,
} from '../../../contracts/rich-text.ts';

export interface OutlineEntry {
  level: number;
  text: string;
  anchor: string;
}

function inlineText(content: readonly RichInline[] | undefined): string {
  let text = '';
  for (const node of content ?? []) text += node.type === 'text' ? node.text : '\n';
  return text;
}

const childrenOf = (node: RichNode): readonly RichNode[] => ('content' in node ? node.content : []);

/** Every node in document order, without recursion. */
function* nodesOf(document: RichDocument): Generator<RichNode> {
  const pending: RichNode[] = [document];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) pending.push(child);
    }
  }
}

const isEmptyBlock = (block: RichBlock): boolean => block.type === 'horizontalRule' || block.type === 'image';

/**
 * The text as it is read: a line for each block, the cells of a table row apart by tabs. Blocks inside a
 * cell are joined by a space so that a row stays one line. For documents that were checked.
 */
export function plainText(document: RichDocument): string {
  const lines: string[] = [];
  const addBlocks = (blocks: readonly RichBlock[], into: string[]): void => {
    for (const block of blocks) addBlock(block, into);
  };
  const addBlock = (block: RichBlock, into: string[]): void => {
    if (isEmptyBlock(block)) return;
    if (block.type === 'paragraph' || block.type === 'heading') {
      const text = inlineText(block.content);
      if (text !== '') into.push(text);
    } else if (block.type === 'table') {
      for (const row of block.content) into.push((row.content ?? []).map(cellText).join('\t'));
    } else if (block.type === 'blockquote') {
      addBlocks(block.content, into);
    } else if (block.type === 'bulletList' || block.type === 'orderedList') {
      for (const item of block.content) addBlocks(item.content, into);
    }
  };
  const cellText = (cell: { content: readonly RichBlock[] }): string => {
    const parts: string[] = [];
    addBlocks(cell.content, parts);
    return parts.join(' ').replaceAll(/[\t\n]+/g, ' ');
  };
  addBlocks(document.content, lines);
  return lines.join('\n');
}

/** The headings in order, each with the `id` that it has on the page. */
export function outlineOf(document: RichDocument): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const anchorOf = nameAnchors();
  for (const node of nodesOf(document)) {
    if (node.type !== 'heading') continue;
    const text = inlineText(node.content).replaceAll('\n', ' ');
    entries.push({ level: node.attrs.level, text, anchor: anchorOf(node.attrs.anchor) });
  }
  return entries;
}

/** The assets that the document shows, each once, in order of appearance. */
export function assetIdsIn(document: RichDocument): string[] {
  const ids = new Set<string>();
  for (const node of nodesOf(document)) if (node.type === 'image') ids.add(node.attrs.assetId);
  return [...ids];
}

/** The addresses that the document links to, each once, in order of appearance. */
export function linksIn(document: RichDocument): string[] {
  const links = new Set<string>();
  for (const node of nodesOf(document)) {
    if (node.type !== 'text' && node.type !== 'hardBreak') continue;
    for (const mark of node.marks ?? []) if (mark.type === 'link') links.add(mark.attrs.href);
  }
  return [...links];
}
