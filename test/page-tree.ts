import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

export type Wanted = (element: Element) => boolean;

/** A page as a program reads it that knows nothing of templates. */
export function readPage(html: string): Node {
  return parse(html);
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

export const named =
  (...names: readonly string[]): Wanted =>
  (element) =>
    names.includes(element.tagName);

export const classed =
  (name: string): Wanted =>
  (element) =>
    (attributeOf(element, 'class') ?? '').split(/\s+/).includes(name);

/** Every element below a node that is wanted, in the order of the page. */
export function elementsIn(node: Node | undefined, isWanted: Wanted): readonly Element[] {
  if (node === undefined) return [];
  const found: Element[] = [];
  const visit = (one: Node): void => {
    if ('tagName' in one && isWanted(one)) found.push(one);
    if ('childNodes' in one) one.childNodes.forEach(visit);
  };
  visit(node);
  return found;
}

export function firstIn(node: Node | undefined, isWanted: Wanted): Element | undefined {
  return elementsIn(node, isWanted)[0];
}

/** What people read, with single spaces. */
export function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  const parts: string[] = [];
  const visit = (one: Node): void => {
    if ('tagName' in one && (one.tagName === 'script' || one.tagName === 'style')) return;
    if ('value' in one) parts.push(one.value);
    if ('childNodes' in one) one.childNodes.forEach(visit);
  };
  visit(node);
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}
