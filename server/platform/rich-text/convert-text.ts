import type { HeadingLevel, RichBlock, RichDocument } from '../../../contracts/rich-text.ts';
import { BlockTree } from './html-blocks.ts';
import { inlineFromMarkdown, isTableLine, tableFromLines } from './text-lines.ts';

const headingLine = /^(#{1,6})[ \t]+(.+)$/;
const bulletLine = /^([ \t]*)[-*+•][ \t]+(.+)$/;
const numberLine = /^([ \t]*)(\d{1,6})[.)][ \t]+(.+)$/;
const ruleLine = /^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/;

class TextReader {
  readonly tree = new BlockTree();
  private readonly lines: readonly string[];
  private readonly topHeading: number;
  private next = 0;

  constructor(lines: readonly string[]) {
    this.lines = lines;
    this.topHeading = lines.reduce((top, line) => Math.min(top, headingLine.exec(line)?.[1]?.length ?? 9), 9);
  }

  read(): RichBlock[] {
    while (this.next < this.lines.length) {
      const line = (this.lines[this.next] ?? '').trimEnd();
      if (isTableLine(line)) this.readTable();
      else if (line.startsWith('>')) this.readQuote();
      else {
        this.next += 1;
        if (line !== '') this.readLine(line);
      }
    }
    return this.tree.blocks;
  }

  private takeWhile(belongs: (line: string) => boolean): string[] {
    const taken: string[] = [];
    for (; this.next < this.lines.length; this.next += 1) {
      const line = (this.lines[this.next] ?? '').trim();
      if (!belongs(line)) break;
      taken.push(line);
    }
    return taken;
  }

  private readTable(): void {
    const table = tableFromLines(this.takeWhile(isTableLine));
    if (table !== null) this.tree.append(table);
  }

  private readQuote(): void {
    const lines = this.takeWhile((line) => line.startsWith('>'));
    this.tree.open('quote');
    for (const line of lines) this.addParagraph(line.replace(/^[>\s]+/, ''));
    this.tree.closeQuote();
  }

  private readLine(line: string): void {
    const [, hashes, title] = headingLine.exec(line) ?? [];
    const [, bulletIndent, bulletText] = bulletLine.exec(line) ?? [];
    const [, numberIndent, number, numberText] = numberLine.exec(line) ?? [];
    if (ruleLine.test(line)) this.tree.append({ type: 'horizontalRule' });
    else if (hashes !== undefined && title !== undefined) this.addHeading(hashes.length, title);
    else if (bulletText !== undefined) this.addItem(bulletText, bulletIndent, null);
    else if (numberText !== undefined) this.addItem(numberText, numberIndent, Number(number));
    else this.addParagraph(line);
  }

  private addParagraph(text: string): void {
    const content = inlineFromMarkdown(text);
    if (content.length > 0) this.tree.append({ type: 'paragraph', content });
  }

  private addHeading(hashes: number, title: string): void {
    const content = inlineFromMarkdown(title);
    const level = Math.min(4, 2 + hashes - this.topHeading) as HeadingLevel;
    if (content.length > 0) this.tree.append({ type: 'heading', attrs: { level }, content });
  }

  private addItem(text: string, indent: string | undefined, number: number | null): void {
    const content = inlineFromMarkdown(text);
    if (content.length === 0) return;
    const width = (indent ?? '').replaceAll('\t', '    ').length;
    this.tree.appendOfficeItem([{ type: 'paragraph', content }], {
      level: Math.min(9, 1 + Math.floor(width / 2)),
      isOrdered: number !== null,
      start: number ?? 1,
    });
  }
}

/** Plain or Markdown-like text: each line that is nothing else is a paragraph. */
export function documentFromText(text: string): RichDocument {
  const blocks = new TextReader(text.split(/\r\n?|\n/)).read();
  return { type: 'doc', content: blocks.length > 0 ? blocks : [{ type: 'paragraph' }] };
}
