import type {
  Heading,
  ImageNode,
  ListItem,
  RichBlock,
  RichDocument,
  RichInline,
  RichMark,
  Table,
  TableCell,
  TableRow,
  TextAlign,
} from '../../contracts/rich-text.ts';
import { allowedHref, nameAnchors } from '../../contracts/rich-text.ts';
import type { PictureVariant } from '../page-types.ts';
import { sourcesOf } from '../picture-sources.ts';
import { escapeHtml } from './escape-html.ts';
import { type LinkOptions, renderLinkStart } from './render-link.ts';
import { clauseLabelOf, nameClauses } from '../clauses.ts';

export interface ShownPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** The same picture in fewer pixels, of each type the narrowest first. */
  readonly variants?: readonly PictureVariant[] | undefined;
}

export interface RichTextOptions extends LinkOptions {
  /** Where a picture is and how large; undefined leaves it out. */
  readonly asset: (assetId: string) => ShownPicture | undefined;
  /** Added to every heading level, for text below a deeper heading of the page. */
  readonly headingOffset?: number;
  /** In a document of record, each 第…条 can be linked to. */
  readonly clauses?: boolean;
}

interface Rendering {
  readonly options: RichTextOptions;
  readonly anchorOf: ReturnType<typeof nameAnchors>;
  readonly clauseOf: ReturnType<typeof nameClauses>;
  tables: number;
}

const plainTags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  superscript: 'sup',
  subscript: 'sub',
} as const;

/**
 * The document as HTML. Same input, same bytes. Only what the vocabulary knows is written and every text
 * and attribute is escaped, so nothing that an editor stores can become a script.
 */
export function renderRichText(document: RichDocument, options: RichTextOptions): string {
  const rendering = { options, anchorOf: nameAnchors(), clauseOf: nameClauses(), tables: 0 };
  let html = '';
  for (const block of document.content)
    html += renderClause(block, rendering) ?? renderBlock(block, rendering);
  return html;
}

function renderBlocks(blocks: readonly RichBlock[], rendering: Rendering): string {
  let html = '';
  for (const block of blocks) html += renderBlock(block, rendering);
  return html;
}

function renderBlock(block: RichBlock, rendering: Rendering): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${alignClass(block.attrs?.textAlign)}>${renderInline(block.content, rendering)}</p>`;
    case 'heading':
      return renderHeading(block, rendering);
    case 'bulletList':
      return `<ul>${renderItems(block.content, rendering)}</ul>`;
    case 'orderedList':
      return `<ol${startAttribute(block.attrs?.start)}>${renderItems(block.content, rendering)}</ol>`;
    case 'blockquote':
      return `<blockquote>${renderBlocks(block.content, rendering)}</blockquote>`;
    case 'horizontalRule':
      return '<hr>';
    case 'table':
      return renderTable(block, rendering);
    case 'image':
      return renderImage(block, rendering);
  }
}

/** A paragraph that begins with its number; the number is a link to itself, to be copied and passed on. */
function renderClause(block: RichBlock, rendering: Rendering): string | undefined {
  if (rendering.options.clauses !== true || block.type !== 'paragraph') return undefined;
  const label = clauseLabelOf(block);
  const [first, ...rest] = block.content ?? [];
  if (label === undefined || first?.type !== 'text') return undefined;
  const anchor = rendering.clauseOf(label);
  const { marks } = first;
  const number = wrapInMarks(escapeHtml(label), marks ?? []);
  const after: RichInline = { ...first, text: first.text.trimStart().slice(label.length) };
  const inner = renderInline(after.text === '' ? rest : [after, ...rest], rendering);
  return `<p id="${anchor}"><a class="clause" href="#${anchor}">${number}</a>${inner}</p>`;
}

const alignClass = (align: TextAlign | null | undefined): string => (align ? ` class="align-${align}"` : '');

const startAttribute = (start: number | undefined): string =>
  start === undefined || start === 1 ? '' : ` start="${start}"`;

function renderHeading(heading: Heading, rendering: Rendering): string {
  const { level, textAlign, anchor } = heading.attrs;
  const tag = `h${Math.min(6, Math.max(1, level + (rendering.options.headingOffset ?? 0)))}`;
  const id = ` id="${rendering.anchorOf(anchor)}"`;
  return `<${tag}${id}${alignClass(textAlign)}>${renderInline(heading.content, rendering)}</${tag}>`;
}

function renderItems(items: readonly ListItem[], rendering: Rendering): string {
  let html = '';
  for (const item of items) html += `<li>${renderContained(item.content, rendering)}</li>`;
  return html;
}

/** The blocks of an item or a cell; a leading plain paragraph needs no tag of its own there. */
function renderContained(blocks: readonly RichBlock[], rendering: Rendering): string {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph' || first.attrs?.textAlign) return renderBlocks(blocks, rendering);
  const isEmpty = (first.content ?? []).length === 0;
  if (!isEmpty && rest.length > 0 && !(rest.length === 1 && rest.every(isList))) {
    return renderBlocks(blocks, rendering);
  }
  return renderInline(first.content, rendering) + renderBlocks(rest, rendering);
}

const isList = (block: RichBlock): boolean => block.type === 'bulletList' || block.type === 'orderedList';

/** Neighbours with the same link become one link, so that it is one stop for the keyboard. */
function renderInline(content: readonly RichInline[] | undefined, rendering: Rendering): string {
  let html = '';
  let open: string | null = null;
  for (const node of content ?? []) {
    const href = hrefOf(node.marks);
    if (href !== open) {
      if (open !== null) html += '</a>';
      if (href !== null) html += renderLinkStart(href, rendering.options);
      open = href;
    }
    const text = node.type === 'text' ? escapeHtml(node.text) : '<br>';
    html += node.marks === undefined ? text : wrapInMarks(text, node.marks);
  }
  return open === null ? html : `${html}</a>`;
}

function hrefOf(marks: readonly RichMark[] | undefined): string | null {
  for (const mark of marks ?? []) {
    if (mark.type === 'link' && allowedHref(mark.attrs.href)) return mark.attrs.href;
  }
  return null;
}

function wrapInMarks(text: string, marks: readonly RichMark[]): string {
  let html = text;
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (mark === undefined || mark.type === 'link') continue;
    const tag = plainTags[mark.type];
    html = `<${tag}>${html}</${tag}>`;
  }
  return html;
}

/** Wide tables scroll in a box of their own, which the keyboard can reach; several get different names. */
function renderTable(table: Table, rendering: Rendering): string {
  rendering.tables += 1;
  const label = rendering.tables === 1 ? '表格' : `表格 ${rendering.tables}`;
  const firstBodyRow = table.content.findIndex((row) => !isHeaderRow(row));
  const headerRows = firstBodyRow === -1 ? 0 : firstBodyRow;
  let html = `<div class="table-scroll" role="region" tabindex="0" aria-label="${label}"><table>`;
  html += renderColumns(table.content[0]);
  if (headerRows > 0) {
    html += `<thead>${renderRows(table.content.slice(0, headerRows), 'col', rendering)}</thead>`;
  }
  return `${html}<tbody>${renderRows(table.content.slice(headerRows), 'row', rendering)}</tbody></table></div>`;
}

// A header cell that reaches into the rows below cannot stand in a thead of its own.
const isHeaderRow = (row: TableRow): boolean =>
  row.content !== undefined &&
  row.content.length > 0 &&
  row.content.every((cell) => cell.type === 'tableHeader' && (cell.attrs?.rowspan ?? 1) === 1);

function renderColumns(firstRow: TableRow | undefined): string {
  const widths = (firstRow?.content ?? []).flatMap(
    (cell) => cell.attrs?.colwidth ?? new Array<number>(cell.attrs?.colspan ?? 1).fill(0),
  );
  if (widths.every((width) => width === 0)) return '';
  return `<colgroup>${widths.map((width) => (width === 0 ? '<col>' : `<col width="${width}">`)).join('')}</colgroup>`;
}

function renderRows(rows: readonly TableRow[], scope: 'col' | 'row', rendering: Rendering): string {
  let html = '';
  for (const row of rows) {
    html += '<tr>';
    for (const cell of row.content ?? []) html += renderCell(cell, scope, rendering);
    html += '</tr>';
  }
  return html;
}

function renderCell(cell: TableCell, scope: 'col' | 'row', rendering: Rendering): string {
  const { colspan = 1, rowspan = 1 } = cell.attrs ?? {};
  const spans =
    (colspan === 1 ? '' : ` colspan="${colspan}"`) + (rowspan === 1 ? '' : ` rowspan="${rowspan}"`);
  const content = renderContained(cell.content, rendering);
  if (cell.type === 'tableCell') return `<td${spans}>${content}</td>`;
  return `<th scope="${scope}"${spans}>${content}</th>`;
}

function renderImage({ attrs }: ImageNode, rendering: Rendering): string {
  const asset = rendering.options.asset(attrs.assetId);
  if (asset === undefined) return '';
  const size = ` width="${Math.round(asset.width)}" height="${Math.round(asset.height)}"`;
  const image = `<img src="${escapeHtml(asset.url)}" loading="lazy" decoding="async"${size} alt="${escapeHtml(attrs.alt)}">`;
  const caption = attrs.title ? `<figcaption>${escapeHtml(attrs.title)}</figcaption>` : '';
  return `<figure>${inWidths(asset, image)}${caption}</figure>`;
}

/** How wide a text shows its pictures. */
const shownWidth = '(min-width: 62em) 50rem, 100vw';

/** What knows AVIF or WebP loads as many pixels as the screen has use for. */
function inWidths({ variants = [] }: ShownPicture, image: string): string {
  if (variants.length === 0) return image;
  const sources = sourcesOf(variants).map(
    ({ type, srcset }) => `<source type="${type}" srcset="${escapeHtml(srcset)}" sizes="${shownWidth}">`,
  );
  return `<picture>${sources.join('')}${image}</picture>`;
}
