import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';

import { documentError } from './document-error.ts';

export function parse(xml: string): Element {
  const document = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw documentError('document.damaged', { cause: message });
    },
  }).parseFromString(xml, 'text/xml');
  if (!document.documentElement) throw documentError('document.damaged');
  return document.documentElement;
}

export const serialise = (root: Element): string => new XMLSerializer().serializeToString(root);

export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (let child = element.firstChild; child !== null; child = child.nextSibling)
    if (child.nodeType === 1) children.push(child as Element);
  return children;
}

export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element && childrenOf(element).find((one) => one.localName === name);

/** All elements of a name in document order, without recursion: depth is the document's. */
export function within(root: Element, name: string): Element[] {
  const found: Element[] = [];
  const open = [root];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (element.localName === name) found.push(element);
    // One by one: a text has more paragraphs than a call has arguments.
    for (const child of childrenOf(element).reverse()) open.push(child);
  }
  return found;
}

export function valueOf(element: Element | undefined, attribute = 'val'): string | undefined {
  if (!element) return undefined;
  for (let at = 0; at < element.attributes.length; at += 1) {
    const one = element.attributes.item(at);
    if (one && (one.localName ?? one.name) === attribute) return one.value;
  }
  return undefined;
}

export const wholeOf = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
