import type { Element } from '@xmldom/xmldom';

import { childOf, childrenOf, parse, serialise, valueOf, wholeOf, within } from './docx-xml.ts';
import { formatNumber } from './number-formats.ts';

interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  readonly suffix: string;
  readonly styleId: string | undefined;
}

interface Numbering {
  /** Levels of each list's definition. */
  readonly definitions: ReadonlyMap<string, readonly Level[]>;
  readonly lists: ReadonlyMap<
    string,
    { readonly definition: string; readonly starts: ReadonlyMap<number, number> }
  >;
}

interface Style {
  readonly basedOn: string | undefined;
  readonly isHeading: boolean;
  readonly list: string | undefined;
  readonly level: number | undefined;
}

interface NumberedParagraph {
  readonly element: Element;
  readonly list: string;
  readonly level: number;
  readonly number: number;
  readonly text: string;
  /** A list in HTML says the same. */
  readonly isPlain: boolean;
  readonly isBullet: boolean;
}

export interface NumberedParts {
  readonly document: string;
  readonly numbering: string | undefined;
  readonly styles: string | undefined;
}

/**
 * Word keeps numbers beside the text, HTML knows only 1, 2, 3 from the beginning. So that 一、, （一） and 第三条 are
 * not lost, and a list that goes on after a paragraph keeps its count, such numbers become text. Bullets and plain
 * lists stay lists.
 */
export function settleNumbering(parts: NumberedParts): NumberedParts {
  if (parts.numbering === undefined) return parts;
  const numberingRoot = parse(parts.numbering);
  const numbering = readNumbering(numberingRoot);
  const styles = parts.styles === undefined ? new Map<string, Style>() : readStyles(parse(parts.styles));
  const root = parse(parts.document);
  const paragraphs = numberParagraphs(root, numbering, styles);
  for (const group of groupsOf(paragraphs)) {
    const staysList = group.every((one) => one.isBullet) || group[0]?.number === 1;
    for (const one of group) {
      if (one.isBullet || (one.isPlain && staysList)) nameList(one);
      else writeNumber(one);
    }
  }
  // Lists are named in the paragraphs now; by their styles they would be found a second time.
  for (const level of within(numberingRoot, 'pStyle')) level.parentNode?.removeChild(level);
  return { ...parts, document: serialise(root), numbering: serialise(numberingRoot) };
}

function readNumbering(root: Element): Numbering {
  const definitions = new Map<string, Level[]>();
  const lists = new Map<string, { definition: string; starts: ReadonlyMap<number, number> }>();
  for (const one of childrenOf(root)) {
    if (one.localName === 'abstractNum') definitions.set(valueOf(one, 'abstractNumId') ?? '', levelsOf(one));
    if (one.localName !== 'num') continue;
    const starts = new Map<number, number>();
    for (const override of childrenOf(one).filter(({ localName }) => localName === 'lvlOverride')) {
      const start = valueOf(childOf(override, 'startOverride'));
      if (start !== undefined) starts.set(wholeOf(valueOf(override, 'ilvl'), 0), wholeOf(start, 1));
    }
    lists.set(valueOf(one, 'numId') ?? '', {
      definition: valueOf(childOf(one, 'abstractNumId')) ?? '',
      starts,
    });
  }
  return { definitions, lists };
}

function levelsOf(definition: Element): Level[] {
  const levels: Level[] = [];
  for (const level of childrenOf(definition).filter(({ localName }) => localName === 'lvl')) {
    const at = wholeOf(valueOf(level, 'ilvl'), 0);
    if (at > 8) continue;
    levels[at] = {
      start: wholeOf(valueOf(childOf(level, 'start')), 1),
      format: valueOf(childOf(level, 'numFmt')) ?? 'decimal',
      text: (valueOf(childOf(level, 'lvlText')) ?? '').slice(0, 60),
      suffix: valueOf(childOf(level, 'suff')) ?? 'tab',
      styleId: valueOf(childOf(level, 'pStyle')),
    };
  }
  return levels;
}

function readStyles(root: Element): ReadonlyMap<string, Style> {
  const styles = new Map<string, Style>();
  for (const style of childrenOf(root).filter(({ localName }) => localName === 'style')) {
    const properties = childOf(childOf(style, 'pPr'), 'numPr');
    const level = valueOf(childOf(properties, 'ilvl'));
    styles.set(valueOf(style, 'styleId') ?? '', {
      basedOn: valueOf(childOf(style, 'basedOn')),
      isHeading: /^(?:heading|标题)\s*\d/i.test(valueOf(childOf(style, 'name')) ?? ''),
      list: valueOf(childOf(properties, 'numId')),
      level: level === undefined ? undefined : wholeOf(level, 0),
    });
  }
  return styles;
}

/** The style itself and those it is based on; a circle ends after a while. */
function chainOf(styles: ReadonlyMap<string, Style>, id: string | undefined): Style[] {
  const chain: Style[] = [];
  for (let next = id; next !== undefined && chain.length < 20;) {
    const style = styles.get(next);
    if (!style) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
}

function placeOf(
  paragraph: Element,
  numbering: Numbering,
  styles: ReadonlyMap<string, Style>,
): { list: string; level: number; isHeading: boolean } | undefined {
  const properties = childOf(paragraph, 'pPr');
  const own = childOf(properties, 'numPr');
  const styleId = valueOf(childOf(properties, 'pStyle'));
  const chain = chainOf(styles, styleId);
  const list = valueOf(childOf(own, 'numId')) ?? chain.find((one) => one.list !== undefined)?.list;
  if (list === undefined || list === '0') return undefined;
  const levels = numbering.definitions.get(numbering.lists.get(list)?.definition ?? '') ?? [];
  const named = levels.findIndex((level) => styleId !== undefined && level.styleId === styleId);
  const direct = valueOf(childOf(own, 'ilvl'));
  const inherited = chain.find((one) => one.level !== undefined)?.level ?? Math.max(0, named);
  return {
    list,
    level: Math.min(8, direct === undefined ? inherited : wholeOf(direct, 0)),
    isHeading: chain.some((one) => one.isHeading),
  };
}

const plainText = /^%\d[.．、)）]?$/;

function numberParagraphs(
  root: Element,
  numbering: Numbering,
  styles: ReadonlyMap<string, Style>,
): NumberedParagraph[] {
  const counting = new Counting();
  return within(root, 'p').flatMap((element) => {
    const place = placeOf(element, numbering, styles);
    const list = place && numbering.lists.get(place.list);
    const levels = list && numbering.definitions.get(list.definition);
    const level = place && levels?.[place.level];
    if (!place || !list || !levels || !level) return [];
    const counter = counting.next(place, list, level);
    return [
      {
        element,
        list: place.list,
        level: place.level,
        number: counter.at(-1) ?? level.start,
        text: numberText(levels, counter, level),
        ...kindOf(level, place.isHeading),
      },
    ];
  });
}

/** A heading is no entry of a list, whatever counts it. */
function kindOf(
  { format, text }: Level,
  isHeading: boolean,
): Pick<NumberedParagraph, 'isBullet' | 'isPlain'> {
  if (isHeading) return { isBullet: false, isPlain: false };
  return { isBullet: format === 'bullet', isPlain: format === 'decimal' && plainText.test(text) };
}

/** How far each list has counted; lists of one definition count together. */
class Counting {
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly begun = new Set<string>();

  /** The numbers of the levels down to this one, of which the last is the paragraph's own. */
  next(
    place: { readonly list: string; readonly level: number },
    list: { readonly definition: string; readonly starts: ReadonlyMap<number, number> },
    level: Level,
  ): readonly (number | undefined)[] {
    const counter = this.counters.get(list.definition) ?? [];
    this.counters.set(list.definition, counter);
    const first = `${place.list} ${place.level}`;
    const restart = this.begun.has(first) ? undefined : list.starts.get(place.level);
    this.begun.add(first);
    const before = counter[place.level];
    counter[place.level] = restart ?? (before === undefined ? level.start : before + 1);
    counter.length = place.level + 1;
    return counter;
  }
}

function numberText(
  levels: readonly (Level | undefined)[],
  counter: readonly (number | undefined)[],
  own: Level,
): string {
  if (own.format === 'none' || own.format === 'bullet') return '';
  const text = own.text.replaceAll(/%([1-9])/g, (_all, digit: string) => {
    const at = Number(digit) - 1;
    const level = levels[at];
    return level ? formatNumber(counter[at] ?? level.start, level.format) : '';
  });
  if (text === '') return '';
  return own.suffix === 'nothing' || /[、）)．]$/.test(text) ? text : `${text} `;
}

/** Numbered paragraphs that follow one another without anything between. */
function groupsOf(paragraphs: readonly NumberedParagraph[]): NumberedParagraph[][] {
  const groups: NumberedParagraph[][] = [];
  let last: NumberedParagraph | undefined;
  for (const one of paragraphs) {
    const follows =
      last !== undefined && elementBefore(one.element) === last.element && last.list === one.list;
    if (follows) groups.at(-1)?.push(one);
    else groups.push([one]);
    last = one;
  }
  return groups;
}

function elementBefore(element: Element): Element | undefined {
  for (let before = element.previousSibling; before !== null; before = before.previousSibling)
    if (before.nodeType === 1) return before as Element;
  return undefined;
}

function make(beside: Element, name: string, value?: string): Element {
  const prefix = beside.prefix ? `${beside.prefix}:` : '';
  const made = beside.ownerDocument?.createElementNS(beside.namespaceURI, `${prefix}${name}`) as Element;
  if (value !== undefined) made.setAttributeNS(beside.namespaceURI, `${prefix || 'w:'}val`, value);
  return made;
}

function withoutOwnNumbering(paragraph: Element): Element {
  const properties = childOf(paragraph, 'pPr') ?? make(paragraph, 'pPr');
  if (!properties.parentNode) paragraph.insertBefore(properties, paragraph.firstChild);
  const own = childOf(properties, 'numPr');
  if (own) properties.removeChild(own);
  return properties;
}

function nameList({ element, list, level }: NumberedParagraph): void {
  const properties = withoutOwnNumbering(element);
  const numbering = make(element, 'numPr');
  numbering.appendChild(make(element, 'ilvl', String(level)));
  numbering.appendChild(make(element, 'numId', list));
  properties.appendChild(numbering);
}

function writeNumber({ element, text }: NumberedParagraph): void {
  const properties = withoutOwnNumbering(element);
  if (text === '') return;
  const run = make(element, 'r');
  const words = make(element, 't');
  words.setAttribute('xml:space', 'preserve');
  words.appendChild(element.ownerDocument?.createTextNode(text) as never);
  run.appendChild(words);
  element.insertBefore(run, properties.nextSibling);
}
