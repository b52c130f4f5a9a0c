import type { ReviewComment } from '../../../contracts/review-comment.ts';
import type { AnchoredLine, TextAnchor } from '../../../contracts/text-anchor.ts';

export const markId = (commentId: string): string => `comment-mark-${commentId}`;

type LinePlace = Pick<AnchoredLine, 'field' | 'path'>;

/** Names a line in the page. */
export const lineName = ({ field, path }: LinePlace): string => `${field}:${path.join('.')}`;

export interface LinePart {
  readonly words: string;
  readonly isCommented: boolean;
  /** The comments that begin with these words, in the order of writing: where each is found in the page. */
  readonly beginningIds: readonly string[];
}

/** A line cut wherever a comment begins or ends. */
export function splitLine(
  text: string,
  place: LinePlace,
  comments: readonly ReviewComment[],
): readonly LinePart[] {
  const here = comments.filter(({ anchor }) => lineName(anchor) === lineName(place));
  const cuts = new Set([0, text.length, ...here.flatMap(({ anchor }) => [anchor.start, anchor.end])]);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => ({
    words: text.slice(start, sorted[index + 1]),
    isCommented: here.some(({ anchor }) => anchor.start <= start && start < anchor.end),
    beginningIds: here.filter(({ anchor }) => anchor.start === start).map(({ id }) => id),
  }));
}

export interface Selected {
  readonly anchor: TextAnchor;
  readonly words: string;
}

/** What is selected inside one line; null where nothing is, or where it reaches over several. */
export function readSelection(lines: readonly AnchoredLine[]): Selected | null {
  const selection = window.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = lineElement(range.startContainer);
  if (element === null || element !== lineElement(range.endContainer)) return null;
  const line = lines.find((one) => lineName(one) === element.dataset.line);
  const words = range.toString();
  if (line === undefined || words.trim() === '') return null;
  const before = range.cloneRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return {
    anchor: { field: line.field, path: [...line.path], start, end: start + words.length },
    words,
  };
}

function lineElement(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>('[data-line]') ?? null;
}
