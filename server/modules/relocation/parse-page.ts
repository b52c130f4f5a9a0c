import { selectAll, selectOne } from 'css-select';
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';

import { AppError } from '../../platform/errors.ts';

const mostCharacters = 8_000_000;
const mostElements = 150_000;
/** Selectors and serialisation go down recursively. */
const deepest = 400;

const unreadable = (): AppError =>
  new AppError('invalid', 'relocation.page-unreadable', '页面结构过于庞大或损坏，无法读取。');

/** A page as a tree, bounded in size and depth: broken markup must cost neither time nor the stack. */
export function parsePage(html: string): Document {
  if (html.length > mostCharacters) throw unreadable();
  let elements = 0;
  const depths = new WeakMap<AnyNode, number>();
  const bounded: typeof adapter = {
    ...adapter,
    createElement: (tagName, namespace, attributes) => {
      elements += 1;
      if (elements > mostElements) throw unreadable();
      return adapter.createElement(tagName, namespace, attributes);
    },
    appendChild: (parent, child) => {
      // Known as soon as an element is opened: the parser itself is slow where it is deep.
      const depth = (depths.get(parent) ?? 0) + 1;
      if (depth > deepest) throw unreadable();
      depths.set(child, depth);
      adapter.appendChild(parent, child);
    },
  };
  const document = parse(html, { treeAdapter: bounded });
  requireShallow(document);
  return document;
}

function requireShallow(document: Document): void {
  let level: AnyNode[] = [...document.children];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) throw unreadable();
    level = level.flatMap((node) => childrenOf(node));
  }
}

export const childrenOf = (node: AnyNode): AnyNode[] => ('children' in node ? [...node.children] : []);

export function findAll(selector: string, root: AnyNode): readonly Element[] {
  return selectAll<AnyNode, Element>(selector, root);
}

export function findFirst(selector: string, root: AnyNode): Element | undefined {
  return selectOne<AnyNode, Element>(selector, root) ?? undefined;
}

const blocks: ReadonlySet<string> = new Set(
  'address article aside blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
const silent: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'template', 'head']);

/** The text below a node, a line for each block, blanks settled. `without` leaves out one part of it. */
export function linesOf(root: AnyNode, without?: AnyNode): readonly string[] {
  let text = '';
  const visit = (node: AnyNode): void => {
    if (node === without) return;
    if (isText(node)) text += node.data.replaceAll(/[\r\n]+/g, ' ');
    else if (!isTag(node) || !silent.has(node.name)) {
      const isBlock = isTag(node) && blocks.has(node.name);
      if (isBlock) text += '\n';
      for (const child of childrenOf(node)) visit(child);
      if (isBlock) text += '\n';
    }
  };
  visit(root);
  return text
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '');
}

export const tidy = (text: string): string => text.replaceAll(/[\s\u00a0\u3000\u200b\ufeff]+/gu, ' ').trim();

export const textIn = (root: AnyNode): string => linesOf(root).join(' ');

export const attributeIn = (element: Element, name: string): string => element.attribs[name] ?? '';

/** What an element says: a meta tag by its content, a field by its value, all others by their text. */
export function valueOf(element: Element): string {
  if (element.name === 'meta') return tidy(attributeIn(element, 'content'));
  if (element.name === 'input') return tidy(attributeIn(element, 'value'));
  return textIn(element);
}

/** The first selector that finds something said, and what. */
export function firstValue<T>(
  root: AnyNode,
  selectors: readonly string[],
  read: (element: Element) => T | undefined,
): { readonly by: string; readonly value: T } | undefined {
  for (const selector of selectors) {
    for (const element of findAll(selector, root)) {
      const value = read(element);
      if (value !== undefined) return { by: selector, value };
    }
  }
  return undefined;
}
