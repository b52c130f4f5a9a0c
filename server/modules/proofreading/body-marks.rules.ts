import { bodyText } from '../../../contracts/body-text.ts';
import type { RichDocument, RichInline, RichNode } from '../../../contracts/rich-text.ts';

/** A link of a body, where its words stand in the plain text. */
export interface BodyLink {
  readonly href: string;
  readonly start: number;
  readonly end: number;
}

/** A picture of a body; `at` is where the words before it end. */
export interface BodyPicture {
  readonly assetId: string;
  readonly alt: string;
  readonly title: string;
  readonly at: number;
  /** The line that follows it: where captions stand. */
  readonly caption: string;
}

export interface BodyMarks {
  readonly links: readonly BodyLink[];
  readonly pictures: readonly BodyPicture[];
}

const longestCaption = 60;

/** Links and pictures of a body with their places in its plain text. */
export function bodyMarks(body: RichDocument): BodyMarks {
  const { text, runs } = bodyText(body);
  const links: BodyLink[] = [];
  const pictures: BodyPicture[] = [];
  let run = 0;
  let at = 0;
  for (const node of nodesOf(body)) {
    if (node.type === 'image') {
      const { assetId, alt, title } = node.attrs;
      pictures.push({ assetId, alt, title: title ?? '', at, caption: lineAfter(text, at) });
    } else if (node.type === 'text' || node.type === 'hardBreak') {
      // Inline nodes and runs are told in the same order.
      const start = runs[run]?.offset ?? at;
      at = start + (runs[run]?.length ?? 0);
      run += 1;
      noteLink(links, { href: hrefOf(node), start, end: at });
    }
  }
  return { links, pictures };
}

const lineAfter = (text: string, at: number): string =>
  /^\n?([^\n]*)/.exec(text.slice(at, at + longestCaption))?.[1] ?? '';

const hrefOf = (node: RichInline): string | undefined =>
  node.marks?.find((mark) => mark.type === 'link')?.attrs.href;

interface PlacedWords {
  readonly href: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Words that stand beside each other and lead to one address are one link, however they are set. */
function noteLink(links: BodyLink[], { href, start, end }: PlacedWords): void {
  if (href === undefined) return;
  const before = links.at(-1);
  if (before?.href === href && before.end === start) links[links.length - 1] = { ...before, end };
  else links.push({ href, start, end });
}

/** Every node in document order, without recursion. */
function* nodesOf(document: RichDocument): Generator<RichNode> {
  const pending: RichNode[] = [document];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    if ('content' in node) pending.push(...(node.content as readonly RichNode[]).toReversed());
  }
}
