import { Type } from 'typebox';

/**
 * Rich text as the editor writes it (ProseMirror JSON) with a closed vocabulary. The types below are exact;
 * `RichDocumentSchema` checks only the outer shape on the wire, because a recursive schema would let a
 * deeply nested body overflow the validator's stack. `checkRichDocument` on the server checks the rest.
 */
export type TextAlign = 'left' | 'center' | 'right';
export type HeadingLevel = 2 | 3 | 4;

export type PlainMarkType = 'bold' | 'italic' | 'underline' | 'strike' | 'superscript' | 'subscript';
export interface PlainMark {
  type: PlainMarkType;
}
export interface LinkMark {
  type: 'link';
  attrs: { href: string };
}
export type RichMark = PlainMark | LinkMark;

export interface TextNode {
  type: 'text';
  text: string;
  marks?: RichMark[];
}
export interface HardBreak {
  type: 'hardBreak';
  marks?: RichMark[];
}
export type RichInline = TextNode | HardBreak;

export interface Paragraph {
  type: 'paragraph';
  attrs?: { textAlign?: TextAlign | null };
  content?: RichInline[];
}
export interface Heading {
  type: 'heading';
  attrs: { level: HeadingLevel; textAlign?: TextAlign | null; anchor?: string | null };
  content?: RichInline[];
}
export interface ListItem {
  type: 'listItem';
  content: RichBlock[];
}
export interface BulletList {
  type: 'bulletList';
  content: ListItem[];
}
export interface OrderedList {
  type: 'orderedList';
  attrs?: { start?: number };
  content: ListItem[];
}
export interface Blockquote {
  type: 'blockquote';
  content: RichBlock[];
}
export interface HorizontalRule {
  type: 'horizontalRule';
}
export interface TableCell {
  type: 'tableCell' | 'tableHeader';
  attrs?: { colspan?: number; rowspan?: number; colwidth?: number[] | null };
  content: RichBlock[];
}
export interface TableRow {
  type: 'tableRow';
  content?: TableCell[];
}
export interface Table {
  type: 'table';
  content: TableRow[];
}
export interface ImageNode {
  type: 'image';
  attrs: { assetId: string; alt: string; title?: string | null };
}
export type RichBlock =
  Paragraph | Heading | BulletList | OrderedList | Blockquote | HorizontalRule | Table | ImageNode;
export interface RichDocument {
  type: 'doc';
  content: RichBlock[];
}
export type RichNode = RichDocument | RichBlock | ListItem | TableRow | TableCell | RichInline;

export const richTextLimits = {
  depth: 40,
  nodes: 50_000,
  characters: 2_000_000,
  columns: 200,
  hrefCharacters: 2_048,
  altCharacters: 500,
} as const;

/** The outer shape only, for request and reply schemas; follow it with `checkRichDocument`. */
export const RichDocumentSchema = Type.Unsafe<RichDocument>(
  Type.Object(
    {
      type: Type.Literal('doc'),
      content: Type.Array(Type.Object({ type: Type.String() }, { additionalProperties: true }), {
        minItems: 1,
        maxItems: richTextLimits.nodes,
      }),
    },
    { additionalProperties: false, description: 'Rich text (ProseMirror JSON with a closed vocabulary).' },
  ),
);

/** What a new resource's body is before anyone typed. Frozen, so that it can be shared. */
export const emptyDocument: RichDocument = Object.freeze({
  type: 'doc',
  content: Object.freeze([Object.freeze({ type: 'paragraph' })]) as unknown as RichBlock[],
});

/** Every node and mark there is, with the attributes it may have. The editor's extra attributes are not ours. */
export const richAttributes: Readonly<Record<string, readonly string[]>> = {
  doc: [],
  paragraph: ['textAlign'],
  heading: ['level', 'textAlign', 'anchor'],
  bulletList: [],
  orderedList: ['start'],
  listItem: [],
  blockquote: [],
  horizontalRule: [],
  table: [],
  tableRow: [],
  tableCell: ['colspan', 'rowspan', 'colwidth'],
  tableHeader: ['colspan', 'rowspan', 'colwidth'],
  image: ['assetId', 'alt', 'title'],
  text: [],
  hardBreak: [],
  bold: [],
  italic: [],
  underline: [],
  strike: [],
  superscript: [],
  subscript: [],
  link: ['href'],
};

// Characters that browsers drop or that hide what a link really is: controls and every kind of white space,
// zero-width and direction marks, backslashes and the delimiters of HTML.
const trickyCharacters = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\"<>`]/u;
const siteRelative = /^\/(?!\/)/;
const mailOrTelephone = /^(?:mailto:[^@:/]+@[^@:/]+|tel:[+\d][\d()*#;=.,-]*)$/;

/**
 * Whether a link may stand in a document: `http`, `https`, `mailto`, `tel`, a path of the same site or an
 * anchor, written plainly. Schemes must be in small letters, and an address must not carry a user name.
 */
export function allowedHref(href: string): boolean {
  if (href.length === 0 || href.length > richTextLimits.hrefCharacters || trickyCharacters.test(href)) {
    return false;
  }
  if (href.startsWith('#')) return href.length > 1;
  if (siteRelative.test(href) || mailOrTelephone.test(href)) return true;
  return /^https?:\/\/[^/?#@]+(?:[/?#]|$)/.test(href) && URL.canParse(href);
}

/** What a heading's anchor looks like; it becomes an `id` on the page. */
export const anchorPattern = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/;
/** What an asset's id looks like in a document. */
export const assetIdPattern = /^[A-Za-z0-9_-]{1,64}$/;

const unusableCharacters = /[^\P{Cc}\t\n]|[\p{Cs}\ufffe\uffff]/u;

/** Whether a text can be stored and put into an XML feed: no control characters, no half surrogate pairs. */
export function isStorableText(text: string): boolean {
  return !unusableCharacters.test(text);
}

/**
 * The `id` of each heading of a document, asked for in document order: its own anchor, or its number where it
 * has none or copied another's. Page and table of contents ask the same way and so agree.
 */
export function nameAnchors(): (anchor: string | null | undefined) => string {
  const names = new Set<string>();
  let headings = 0;
  return (anchor) => {
    headings += 1;
    const isUsable = anchor != null && anchorPattern.test(anchor) && !names.has(anchor);
    const name = isUsable ? anchor : `heading-${headings}`;
    names.add(name);
    return name;
  };
}
