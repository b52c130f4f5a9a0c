import type { Element } from '@xmldom/xmldom';

import { childOf, childrenOf, parse, serialise, valueOf, wholeOf, within } from './docx-xml.ts';

export interface HeadedParts {
  readonly document: string;
  readonly styles: string | undefined;
}

/** Word counts nine levels and body text; HTML has six. */
const deepest = 6;
const emptyStyles = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>';

/**
 * Official templates have styles of their own: what makes a paragraph a heading is a level in the outline, in the
 * paragraph, in its style or in what that is based on. The converter knows headings by the names of their styles, so
 * they are given these names.
 */
export function settleHeadings<Parts extends HeadedParts>(parts: Parts): Parts {
  const isOutlined = parts.document.includes('outlineLvl');
  if (parts.styles === undefined && !isOutlined) return parts;
  const styles = parse(parts.styles ?? emptyStyles);
  const levels = nameHeadingStyles(styles);
  if (!isOutlined) return { ...parts, styles: serialise(styles) };
  const root = parse(parts.document);
  for (const paragraph of within(root, 'p')) styleAsHeading(paragraph, styles, levels);
  return { ...parts, document: serialise(root), styles: serialise(styles) };
}

/** 1–6; 0 is body text, undefined says nothing. */
function levelIn(properties: Element | undefined): number | undefined {
  const level = valueOf(childOf(properties, 'outlineLvl'));
  if (level === undefined) return undefined;
  const counted = wholeOf(level, 9) + 1;
  return counted <= deepest ? counted : 0;
}

const nameLevel = (name: string | undefined): number | undefined => {
  const level = /^(?:heading|标题)\s*([1-6])$/i.exec(name ?? '')?.[1];
  return level === undefined ? undefined : Number(level);
};

/** Gives every style that is a heading the name of one. Answers the levels by the styles' ids. */
function nameHeadingStyles(root: Element): Map<string, number> {
  const all = childrenOf(root).filter(
    (one) => one.localName === 'style' && valueOf(one, 'type') === 'paragraph',
  );
  const byId = new Map(all.map((one) => [valueOf(one, 'styleId') ?? '', one]));
  const levels = new Map<string, number>();
  for (const [id, style] of byId) {
    const level = levelOf(byId, id);
    if (level > 0) levels.set(id, level);
    const name = childOf(style, 'name');
    const isNamed =
      /^(?:title|subtitle|toc)\b/i.test(valueOf(name) ?? '') || nameLevel(valueOf(name)) !== undefined;
    if (level > 0 && name && !isNamed) name.setAttribute('w:val', `heading ${String(level)}`);
  }
  return levels;
}

/** Its own level, or that of what it is based on; a circle ends after a while. */
function levelOf(styles: ReadonlyMap<string, Element>, id: string): number {
  let next: string | undefined = id;
  for (let step = 0; next !== undefined && step < 20; step += 1) {
    const style = styles.get(next);
    const level = nameLevel(valueOf(childOf(style, 'name'))) ?? levelIn(childOf(style, 'pPr'));
    if (level !== undefined) return level;
    next = valueOf(childOf(style, 'basedOn'));
  }
  return 0;
}

/** A level that only the paragraph names gets a style of its own, based on the paragraph's. */
function styleAsHeading(paragraph: Element, styles: Element, levels: Map<string, number>): void {
  const properties = childOf(paragraph, 'pPr');
  const level = levelIn(properties);
  const named = childOf(properties, 'pStyle');
  const base = valueOf(named) ?? '';
  if (!properties || level === undefined || level === 0 || levels.has(base)) return;
  const id = `outline-${String(level)}-${base}`;
  const { ownerDocument, namespaceURI } = styles;
  if (!levels.has(id) && ownerDocument) {
    levels.set(id, level);
    const make = (name: string, attributes: Readonly<Record<string, string>>): Element => {
      const element = ownerDocument.createElementNS(namespaceURI, `w:${name}`);
      for (const [key, value] of Object.entries(attributes))
        element.setAttributeNS(namespaceURI, `w:${key}`, value);
      return element;
    };
    const style = make('style', { type: 'paragraph', styleId: id });
    style.appendChild(make('name', { val: `heading ${String(level)}` }));
    if (base !== '') style.appendChild(make('basedOn', { val: base }));
    styles.appendChild(style);
  }
  if (named) {
    named.setAttribute('w:val', id);
    return;
  }
  const added = paragraph.ownerDocument?.createElementNS(paragraph.namespaceURI, 'w:pStyle');
  if (!added) return;
  added.setAttributeNS(paragraph.namespaceURI, 'w:val', id);
  properties.insertBefore(added, properties.firstChild);
}
