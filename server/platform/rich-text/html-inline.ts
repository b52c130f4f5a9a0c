import type { RichInline, RichMark } from '../../../contracts/rich-text.ts';
import { markBits } from './html-names.ts';

/** A run of text or a line break with the marks it stands in, before white space is settled. */
export interface InlineRun {
  readonly text: string | null;
  readonly mask: number;
  readonly href: string | null;
}

const zeroWidth = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ufffe\uffff\p{Cs}]/gu;
const controls = /[^\P{Cc}\t\n\r\f]/gu;
const pieces = /[ \t\n\r\f\u00a0\u2000-\u200a\u202f\u205f]+|[^ \t\n\r\f\u00a0\u2000-\u200a\u202f\u205f]+/gu;
const isSpace = /^[ \t\n\r\f\u00a0\u2000-\u200a\u202f\u205f]/u;
const leadingIndent = /^\u3000+/u;
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef“”‘’—…]/u;

const markOrder = ['bold', 'italic', 'link', 'strike', 'subscript', 'superscript', 'underline'] as const;

/** The marks of a run in the order in which the editor's form is stored (by name). */
function marksOf(mask: number, href: string | null): RichMark[] {
  const marks: RichMark[] = [];
  for (const type of markOrder) {
    if (type === 'link') {
      if (href !== null) marks.push({ type, attrs: { href } });
    } else if ((mask & markBits[type]) !== 0) {
      marks.push({ type });
    }
  }
  return marks;
}

class Lines {
  readonly lines: RichInline[][] = [];
  private line: { text: string | null; mask: number; href: string | null }[] = [];
  private space: { mask: number; href: string | null; hasNewline: boolean } | null = null;
  private breaks = 0;
  private last = '';

  addBreak(): void {
    this.space = null;
    if (this.line.length > 0) this.breaks += 1;
  }

  addText(run: InlineRun, text: string): void {
    for (const [piece] of text.replace(zeroWidth, '').replace(controls, '').matchAll(pieces)) {
      if (isSpace.test(piece)) this.addSpace(run, piece);
      else this.addPiece(run, piece);
    }
  }

  private addSpace(run: InlineRun, piece: string): void {
    this.space ??= { mask: run.mask, href: run.href, hasNewline: false };
    // A hard space is as wide as it looks; only soft line ends between ideographs are an artefact.
    if (/[\n\r]/.test(piece)) this.space.hasNewline = true;
  }

  private addPiece(run: InlineRun, piece: string): void {
    const isLineStart = this.line.length === 0 || this.breaks > 0;
    const indent = isLineStart ? (leadingIndent.exec(piece)?.[0].length ?? 0) : 0;
    const text = piece.slice(indent);
    if (text === '') return;
    // Two breaks, or one before an indented line, is how old pages write a new paragraph.
    if (this.breaks > 1 || (this.breaks === 1 && indent > 1)) this.endLine();
    if (this.breaks === 1) this.line.push({ text: null, mask: 0, href: null });
    else if (this.space !== null && this.line.length > 0) this.settleSpace(this.space, text);
    this.breaks = 0;
    this.space = null;
    this.append(run, text);
  }

  private settleSpace(space: { mask: number; href: string | null; hasNewline: boolean }, next: string): void {
    const isArtefact = space.hasNewline && eastAsian.test(this.last) && eastAsian.test(next.charAt(0));
    if (!isArtefact) this.append({ text: ' ', mask: space.mask, href: space.href }, ' ');
  }

  private append(run: InlineRun, text: string): void {
    const tail = this.line.at(-1);
    if (tail !== undefined && tail.text !== null && tail.mask === run.mask && tail.href === run.href) {
      tail.text += text;
    } else {
      this.line.push({ text, mask: run.mask, href: run.href });
    }
    this.last = text.charAt(text.length - 1);
  }

  /** Ends the paragraph; spaces, indents and breaks at its end are gone. */
  endLine(): void {
    const inline = this.line.map(({ text, mask, href }): RichInline => {
      if (text === null) return { type: 'hardBreak' };
      const marks = marksOf(mask, href);
      return marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
    });
    trimEnd(inline);
    if (inline.length > 0) this.lines.push(inline);
    this.line = [];
    this.breaks = 0;
    this.space = null;
  }
}

function trimEnd(inline: RichInline[]): void {
  for (let last = inline.at(-1); last !== undefined; last = inline.at(-1)) {
    if (last.type === 'text') {
      last.text = last.text.trimEnd();
      if (last.text !== '') return;
    }
    inline.pop();
  }
}

/**
 * The runs of one block as paragraphs: white space collapsed as a browser would, zero-width characters and
 * indents gone, soft line ends between ideographs closed up. No paragraphs when nothing is left.
 */
export function settleRuns(runs: readonly InlineRun[]): RichInline[][] {
  const lines = new Lines();
  for (const run of runs) {
    if (run.text === null) lines.addBreak();
    else lines.addText(run, run.text);
  }
  lines.endLine();
  return lines.lines;
}

/** The text of runs on one line, for captions and list markers. */
export function settleText(text: string): string {
  const [line] = settleRuns([{ text, mask: 0, href: null }]);
  const [node] = line ?? [];
  return node?.type === 'text' ? node.text : '';
}
