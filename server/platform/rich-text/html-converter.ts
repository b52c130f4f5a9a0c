import {
  assetIdPattern,
  richTextLimits,
  type HeadingLevel,
  type Paragraph,
  type RichBlock,
  type TextAlign,
} from '../../../contracts/rich-text.ts';
import { BlockTree } from './html-blocks.ts';
import { readImage } from './html-image.ts';
import { settleRuns, settleText, type InlineRun } from './html-inline.ts';
import { ownAnchor, settleHref } from './html-links.ts';
import { blockElements, listElements, markElements, mediaElements, skippedElements } from './html-names.ts';
import type { TreeScan } from './html-scan.ts';
import { readElementStyle, type ElementStyle } from './html-style.ts';
import { attributeOf, type HtmlElement, type TreeVisitor } from './html-tree.ts';
import { officeEntryOf, typedMarkerOf } from './office-lists.ts';

export interface ConvertHtmlOptions {
  /** The asset that a picture's address stands for; without one the picture is left out and listed. */
  readonly resolveImage?: (src: string, alt: string) => { assetId: string } | null;
  /** Where the HTML comes from; relative addresses are resolved against it. */
  readonly baseUrl?: string;
}
export type LeftOut = 'image' | 'media' | 'link' | 'form';

interface Style {
  readonly mask: number;
  readonly href: string | null;
  readonly align: TextAlign | null;
  readonly heading: HeadingLevel | null;
  readonly office: ElementStyle['officeList'];
  readonly isListParagraph: boolean;
  readonly isPreformatted: boolean;
}
type Ending = 'inline' | 'block' | 'list' | 'item' | 'quote' | 'table' | 'cell' | 'marker' | 'caption';
interface Scope {
  readonly style: Style;
  readonly ending: Ending;
  readonly capture: string | null;
}

const initialStyle: Style = {
  mask: 0,
  href: null,
  align: null,
  heading: null,
  office: null,
  isListParagraph: false,
  isPreformatted: false,
};
// Whoever marks a whole paragraph as a heading only wanted large letters.
const longestHeading = 200;

const whole = (text: string | undefined, otherwise: number, most: number): number => {
  const value = /^\s*(\d{1,6})/.exec(text ?? '')?.[1];
  return value === undefined ? otherwise : Math.min(most, Number(value));
};

const pixels = (text: string | undefined): number =>
  /^\s*\d{1,4}(?:px)?\s*$/.test(text ?? '') ? whole(text, 0, 10_000) : 0;

/** Turns the events of a walk over parsed HTML into blocks. One converter makes one document. */
export class HtmlConverter implements TreeVisitor {
  readonly tree = new BlockTree();
  readonly leftOut = new Map<LeftOut, number>();
  readonly images: { src: string; alt: string }[] = [];
  private readonly options: ConvertHtmlOptions;
  private readonly scan: TreeScan;
  private readonly scopes: Scope[] = [];
  private readonly anchors = new Set<string>();
  private runs: InlineRun[] = [];
  private style: Style = initialStyle;
  private anchor: string | null = null;
  /** Text that goes not into a paragraph but into a caption or a list marker. */
  private capture: string | null = null;
  private officeMarker: string | null = null;

  constructor(options: ConvertHtmlOptions, scan: TreeScan) {
    this.options = options;
    this.scan = scan;
  }

  text(text: string): void {
    if (this.capture !== null) {
      this.capture += text;
    } else if (this.style.isPreformatted && text.includes('\n')) {
      text.split('\n').forEach((line, index) => {
        if (index > 0) this.addRun(null);
        this.addRun(line);
      });
    } else {
      this.addRun(text);
    }
  }

  enter(element: HtmlElement): boolean {
    const name = element.tagName;
    if (skippedElements.has(name)) {
      this.leaveOut(name);
      return false;
    }
    const elementStyle = readElementStyle((attribute) => attributeOf(element, attribute));
    if (elementStyle.isHidden) return false;
    if (this.enterVoid(element)) return false;
    const before = { style: this.style, capture: this.capture };
    const ending = this.endingOf(element, elementStyle);
    if (ending !== 'inline' && ending !== 'marker') this.flush();
    this.style = this.styleOf(element, elementStyle, ending);
    const opened = this.openFrame(element, ending);
    this.scopes.push({ ...before, ending: opened });
    return true;
  }

  leave(element: HtmlElement): void {
    const scope = this.scopes.pop();
    if (scope === undefined) return;
    if (scope.ending === 'marker' || scope.ending === 'caption') {
      this.endCapture(scope.ending);
      this.capture = scope.capture;
    } else if (scope.ending !== 'inline') {
      this.flush();
    }
    this.closeFrame(element, scope.ending);
    this.style = scope.style;
  }

  /** Ends the last paragraph; the blocks are then complete. */
  finish(): RichBlock[] {
    this.flush();
    return this.tree.blocks;
  }

  private addRun(text: string | null): void {
    this.runs.push({ text, mask: this.style.mask, href: this.style.href });
  }

  private leaveOut(name: string): void {
    if (mediaElements.has(name)) this.count('media');
    else if (name === 'input' || name === 'select' || name === 'textarea') this.count('form');
  }

  private count(what: LeftOut): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1);
  }

  private enterVoid(element: HtmlElement): boolean {
    switch (element.tagName) {
      case 'br':
        if (this.capture === null) this.addRun(null);
        else this.capture += ' ';
        return true;
      case 'hr':
        this.flush();
        this.tree.append({ type: 'horizontalRule' });
        return true;
      case 'img':
        this.addImage(element);
        return true;
      case 'col':
        if (this.tree.isInside('table')) {
          const count = whole(attributeOf(element, 'span'), 1, richTextLimits.columns);
          this.tree.addColumn(pixels(attributeOf(element, 'width')), count);
        }
        return true;
      default:
        return false;
    }
  }

  private endingOf(element: HtmlElement, elementStyle: ElementStyle): Ending {
    const name = element.tagName;
    if (elementStyle.isOfficeMarker) return 'marker';
    if (name === 'figcaption' && this.capture === null) return 'caption';
    if (name === 'li' && this.tree.isInside('list')) return 'item';
    if (cellElements.has(name) && this.tree.isInside('table')) return 'cell';
    if (name === 'table' && this.isRealTable(element)) return 'table';
    return plainEndings.get(name) ?? 'inline';
  }

  private isRealTable(element: HtmlElement): boolean {
    return !this.scan.layoutTables.has(element) && !this.tree.isWithin('table');
  }

  private openFrame(element: HtmlElement, ending: Ending): Ending {
    if (ending === 'marker' || ending === 'caption') {
      this.capture = '';
      return ending;
    }
    if (ending === 'block' || ending === 'inline') {
      if (element.tagName === 'tr' && this.tree.isInside('table')) this.tree.openRow();
      return ending;
    }
    const start = whole(attributeOf(element, 'start'), 1, 1_000_000);
    const list = ending === 'list' ? { isOrdered: element.tagName === 'ol', start } : null;
    return this.tree.open(ending, list) ? ending : 'block';
  }

  private closeFrame(element: HtmlElement, ending: Ending): void {
    if (ending === 'item') this.tree.closeItem();
    else if (ending === 'list') this.tree.closeList();
    else if (ending === 'quote') this.tree.closeQuote();
    else if (ending === 'table') this.tree.closeTable();
    else if (ending === 'cell') {
      this.tree.closeCell({
        isHeader: element.tagName === 'th' || isInHead(element),
        colspan: whole(attributeOf(element, 'colspan'), 1, richTextLimits.columns),
        rowspan: whole(attributeOf(element, 'rowspan'), 1, richTextLimits.nodes),
      });
    }
  }

  private styleOf(element: HtmlElement, own: ElementStyle, ending: Ending): Style {
    const { style } = this;
    const name = element.tagName;
    const mask = (style.mask | (markElements.get(name) ?? 0) | own.on) & ~own.off;
    if (ending === 'inline') {
      const href = name === 'a' ? this.hrefOf(element) : style.href;
      return mask === style.mask && href === style.href ? style : { ...style, mask, href };
    }
    return {
      mask,
      href: style.href,
      align: own.align === undefined ? inheritedAlign(name, style) : own.align,
      heading: this.headingOf(element, own, ending),
      office: own.officeList ?? style.office,
      isListParagraph: style.isListParagraph || isListParagraph(element),
      isPreformatted: style.isPreformatted || preformatted.has(name),
    };
  }

  private headingOf(element: HtmlElement, own: ElementStyle, ending: Ending): HeadingLevel | null {
    if (ending === 'cell' || ending === 'item') return null;
    const named = /^h([1-6])$/.exec(element.tagName)?.[1];
    const level = named === undefined ? own.outlineLevel : Number(named);
    if (level === null || level > 6) return this.style.heading;
    const id = attributeOf(element, 'id');
    if (id !== undefined && ownAnchor.test(id) && !this.anchors.has(id)) this.anchor = id;
    // Our highest level stands for h1 where there is one, and for h2 otherwise.
    return Math.min(4, Math.max(2, level + (this.scan.topHeading === 1 ? 1 : 0))) as HeadingLevel;
  }

  private hrefOf(element: HtmlElement): string | null {
    // On our own pages a link that leads away leads to a warning first, and says here where to.
    const raw = attributeOf(element, 'data-external') ?? attributeOf(element, 'href');
    if (raw === undefined) return this.style.href;
    const href = settleHref(raw, this.options.baseUrl);
    if (href === null && raw.trim() !== '' && !raw.trim().startsWith('#')) this.count('link');
    return href;
  }

  private addImage(element: HtmlElement): void {
    const image = readImage(element, this.options.baseUrl);
    if (image === null) return;
    const asset = this.options.resolveImage?.(image.src, image.alt) ?? null;
    if (asset === null || !assetIdPattern.test(asset.assetId)) {
      this.images.push(image);
      this.count('image');
      return;
    }
    this.flush();
    this.tree.append({ type: 'image', attrs: { assetId: asset.assetId, alt: image.alt } });
  }

  private endCapture(ending: 'marker' | 'caption'): void {
    const text = settleText(this.capture ?? '');
    this.capture = null;
    if (ending === 'marker') {
      if (text !== '') this.officeMarker = text;
      return;
    }
    if (text === '') return;
    if (text.length <= richTextLimits.altCharacters && this.tree.captionImage(text)) return;
    this.tree.append({ type: 'paragraph', content: [{ type: 'text', text }] });
  }

  /** Ends the open paragraph and puts it where it belongs. */
  private flush(): void {
    if (this.runs.length === 0) return;
    const marker = this.officeMarker;
    const { anchor } = this;
    const lines = settleRuns(this.runs);
    this.runs = [];
    if (lines.length === 0) return;
    this.officeMarker = null;
    this.anchor = null;
    const { office, isListParagraph: isTyped } = this.style;
    const entry =
      office !== null ? officeEntryOf(office.level, marker) : isTyped ? typedMarkerOf(lines[0] ?? []) : null;
    if (entry === null) {
      if (marker !== null && marker !== '') lines[0]?.unshift({ type: 'text', text: marker });
      lines.forEach((line) => {
        this.tree.append(this.blockOf(line, anchor));
      });
      return;
    }
    this.tree.appendOfficeItem(
      lines.map((line) => this.paragraphOf(line)),
      entry,
    );
  }

  private paragraphOf(content: NonNullable<Paragraph['content']>): Paragraph {
    const textAlign = this.style.align;
    return textAlign === null
      ? { type: 'paragraph', content }
      : { type: 'paragraph', attrs: { textAlign }, content };
  }

  private blockOf(content: NonNullable<Paragraph['content']>, anchor: string | null): RichBlock {
    const { heading: level, align } = this.style;
    if (level === null || lengthOf(content) > longestHeading) return this.paragraphOf(content);
    const attrs: { level: HeadingLevel; textAlign?: TextAlign; anchor?: string } = { level };
    if (align !== null) attrs.textAlign = align;
    if (anchor !== null && !this.anchors.has(anchor)) {
      this.anchors.add(anchor);
      attrs.anchor = anchor;
    }
    return { type: 'heading', attrs, content };
  }
}

const parentElement = (element: HtmlElement): HtmlElement | null => {
  const { parentNode } = element;
  return parentNode !== null && 'tagName' in parentNode ? parentNode : null;
};

const isInHead = (cell: HtmlElement): boolean => {
  const row = parentElement(cell);
  return row !== null && parentElement(row)?.tagName === 'thead';
};

const inheritedAlign = (name: string, style: Style): TextAlign | null =>
  name === 'center' ? 'center' : style.align;

const plainEndings: ReadonlyMap<string, Ending> = new Map<string, Ending>([
  ...[...blockElements].map((name): [string, Ending] => [name, 'block']),
  ...[...listElements].map((name): [string, Ending] => [name, 'list']),
  ['blockquote', 'quote'],
]);
const cellElements: ReadonlySet<string> = new Set(['td', 'th']);
const preformatted: ReadonlySet<string> = new Set(['pre', 'listing', 'xmp']);

const isListParagraph = (element: HtmlElement): boolean =>
  element.tagName === 'p' && (attributeOf(element, 'class') ?? '').startsWith('MsoListParagraph');

const lengthOf = (content: NonNullable<Paragraph['content']>): number =>
  content.reduce((sum, node) => sum + (node.type === 'text' ? node.text.length : 1), 0);
