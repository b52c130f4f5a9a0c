import type { HeadingLevel, RichBlock, RichDocument } from '../../../contracts/rich-text.ts';
import { divisions, readLawLines, type Division, type LawLine } from './law-lines.ts';
import { inlineFrom, tableFromLines } from './text-lines.ts';

class LawReader {
  private readonly lines: readonly LawLine[];
  private readonly blocks: RichBlock[] = [];
  private readonly anchors = new Map<string, number>();
  private readonly present: readonly Division[];
  private readonly topDepth: number;
  /** The number of each division that is open, as `第二编第三章` → part 2, chapter 3. */
  private readonly open = new Map<Division, number>();
  private level = 1;
  private tableLines: string[] = [];

  constructor(lines: readonly LawLine[]) {
    this.lines = lines;
    this.present = divisions.filter((division) =>
      lines.some((line) => line.kind === 'division' && line.division === division),
    );
    this.topDepth = lines.reduce(
      (top, line) => (line.kind === 'heading' ? Math.min(top, line.depth) : top),
      6,
    );
  }

  read(): RichBlock[] {
    for (const line of this.lines) {
      if (line.kind === 'table') {
        this.tableLines.push(line.line);
        continue;
      }
      this.endTable();
      this.addLine(line);
    }
    this.endTable();
    return this.blocks;
  }

  private addLine(line: Exclude<LawLine, { kind: 'table' }>): void {
    switch (line.kind) {
      case 'division':
        this.addDivision(line);
        break;
      case 'heading':
        this.level = 2 + line.depth - this.topDepth;
        this.addHeading(line.title, this.level, null);
        break;
      case 'article':
        this.addHeading(line.label, this.level + 1, `article-${line.number}`);
        this.addParagraph(line.text);
        break;
      case 'text':
        this.addParagraph(line.text);
    }
  }

  private addDivision({ division, number, label, title }: Extract<LawLine, { kind: 'division' }>): void {
    const rank = divisions.indexOf(division);
    for (const lower of divisions.slice(rank)) this.open.delete(lower);
    this.open.set(division, number);
    const path = divisions.flatMap((one) => this.open.get(one) ?? []);
    this.level = 2 + this.present.indexOf(division);
    this.addHeading(title === '' ? label : `${label} ${title}`, this.level, `${division}-${path.join('-')}`);
  }

  private addHeading(text: string, level: number, anchor: string | null): void {
    const content = inlineFrom(text);
    if (content.length === 0) return;
    const attrs: { level: HeadingLevel; anchor?: string } = { level: Math.min(4, level) as HeadingLevel };
    if (anchor !== null) attrs.anchor = this.uniqueAnchor(anchor);
    this.blocks.push({ type: 'heading', attrs, content });
  }

  private uniqueAnchor(anchor: string): string {
    const count = (this.anchors.get(anchor) ?? 0) + 1;
    this.anchors.set(anchor, count);
    return count === 1 ? anchor : `${anchor}_${count}`;
  }

  private addParagraph(text: string): void {
    const content = inlineFrom(text);
    if (content.length > 0) this.blocks.push({ type: 'paragraph', content });
  }

  private endTable(): void {
    if (this.tableLines.length === 0) return;
    const table = tableFromLines(this.tableLines);
    this.tableLines = [];
    if (table !== null) this.blocks.push(table);
  }
}

/**
 * The text of a law or regulation: 编, 章, 节 and each 第X条 become headings with stable anchors
 * (`chapter-2`, `section-2-1`, `article-12`, `article-120-1` for 第一百二十条之一), everything else keeps its
 * order. A table of contents that only repeats the headings is left out.
 */
export function documentFromLaw(body: string): RichDocument {
  const blocks = new LawReader(readLawLines(body)).read();
  return { type: 'doc', content: blocks.length > 0 ? blocks : [{ type: 'paragraph' }] };
}
