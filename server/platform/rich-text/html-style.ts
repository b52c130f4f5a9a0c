import type { TextAlign } from '../../../contracts/rich-text.ts';
import { markBits } from './html-names.ts';

/** What one element's attributes say about its text, as far as our vocabulary can express it. */
export interface ElementStyle {
  /** Marks switched on and off, as bits. */
  readonly on: number;
  readonly off: number;
  readonly align: TextAlign | null | undefined;
  readonly isHidden: boolean;
  /** 1–9 as in a word processor's outline. */
  readonly outlineLevel: number | null;
  /** A word processor's list paragraph: how deep, and in which list. */
  readonly officeList: { level: number; list: string } | null;
  /** The bullet or number that a word processor writes in front of a list paragraph. */
  readonly isOfficeMarker: boolean;
}

const plain: ElementStyle = {
  on: 0,
  off: 0,
  align: undefined,
  isHidden: false,
  outlineLevel: null,
  officeList: null,
  isOfficeMarker: false,
};

// Styles of a real document are short; the rest is not worth reading.
const maxStyleLength = 4_000;
const alignments: Readonly<Record<string, TextAlign | null>> = {
  center: 'center',
  middle: 'center',
  '-webkit-center': 'center',
  right: 'right',
  end: 'right',
  '-webkit-right': 'right',
  left: null,
  start: null,
  justify: null,
  distribute: null,
  'justify-all': null,
};
const classAlign = /(?:^|\s)align-(left|center|right)(?:\s|$)/;
const headingClass = /(?:^|\s)(?:mso)?heading[ _-]?([1-9])(?:\s|$)/i;

type Draft = { -readonly [Key in keyof ElementStyle]: ElementStyle[Key] };

function setBit(draft: Draft, bit: number, isOn: boolean): void {
  draft.on = isOn ? draft.on | bit : draft.on & ~bit;
  draft.off = isOn ? draft.off & ~bit : draft.off | bit;
}

function readWeight(draft: Draft, value: string): void {
  if (/^(?:bold|bolder|[6-9]\d\d|1000)$/.test(value)) setBit(draft, markBits.bold, true);
  else if (/^(?:normal|lighter|[1-5]\d\d)$/.test(value)) setBit(draft, markBits.bold, false);
}

function readDecoration(draft: Draft, value: string): void {
  if (/(?:^|\s)none(?:\s|$)/.test(value)) {
    setBit(draft, markBits.underline, false);
    setBit(draft, markBits.strike, false);
  }
  if (/(?:^|\s)underline(?:\s|$)/.test(value)) setBit(draft, markBits.underline, true);
  if (/(?:^|\s)line-through(?:\s|$)/.test(value)) setBit(draft, markBits.strike, true);
}

function readOfficeList(draft: Draft, value: string): void {
  if (value === 'ignore') draft.isOfficeMarker = true;
  const match = /^(l\d+) level(\d) lfo\d+/.exec(value);
  if (match?.[1] !== undefined) draft.officeList = { list: match[1], level: Number(match[2]) };
}

const readers: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  'font-weight': readWeight,
  'font-style': (draft, value) => {
    setBit(draft, markBits.italic, /^(?:italic|oblique)/.test(value));
  },
  'text-decoration': readDecoration,
  'text-decoration-line': readDecoration,
  'text-underline': (draft, value) => {
    if (value !== 'none') setBit(draft, markBits.underline, true);
  },
  'vertical-align': (draft, value) => {
    if (value === 'super') setBit(draft, markBits.superscript, true);
    if (value === 'sub') setBit(draft, markBits.subscript, true);
  },
  'text-align': (draft, value) => {
    if (value in alignments) draft.align = alignments[value];
  },
  display: (draft, value) => {
    if (value === 'none') draft.isHidden = true;
  },
  'mso-hide': (draft, value) => {
    if (value !== 'none') draft.isHidden = true;
  },
  'mso-element': (draft, value) => {
    if (value === 'comment-list') draft.isHidden = true;
  },
  'mso-outline-level': (draft, value) => {
    if (/^[1-9]$/.test(value)) draft.outlineLevel = Number(value);
  },
  'mso-list': readOfficeList,
};

function readStyle(draft: Draft, style: string): void {
  for (const declaration of style.slice(0, maxStyleLength).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const name = declaration.slice(0, colon).trim();
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    if (Object.hasOwn(readers, name)) readers[name]?.(draft, value);
  }
}

function readClass(draft: Draft, names: string): void {
  const align = classAlign.exec(names)?.[1] as TextAlign | undefined;
  if (align !== undefined) draft.align = align;
  const level = headingClass.exec(names)?.[1];
  if (level !== undefined) draft.outlineLevel ??= Number(level);
  if (/(?:^|\s)MsoComment(?:Reference|Text)(?:\s|$)/.test(names)) draft.isHidden = true;
}

/** Reads `style`, `class`, `align` and `hidden` of an element; `get` gives an attribute or undefined. */
export function readElementStyle(get: (name: string) => string | undefined): ElementStyle {
  const style = get('style');
  const names = get('class');
  const align = get('align')?.trim().toLowerCase();
  const isHidden = get('hidden') !== undefined;
  if (style === undefined && names === undefined && align === undefined && !isHidden) return plain;
  const draft: Draft = { ...plain, isHidden };
  if (align !== undefined && Object.hasOwn(alignments, align)) draft.align = alignments[align];
  if (style !== undefined) readStyle(draft, style);
  if (names !== undefined) readClass(draft, names.slice(0, maxStyleLength));
  return draft;
}
