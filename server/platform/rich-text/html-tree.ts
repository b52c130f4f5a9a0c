import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { AppError } from '../errors.ts';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlFragment = DefaultTreeAdapterTypes.DocumentFragment;

const maxCharacters = 20_000_000;
const maxElements = 400_000;

const tooLarge = (): AppError =>
  new AppError('invalid', 'rich-text.too-large', '内容过大或过于复杂，请分成几部分导入');

/**
 * Parses with a bound on the number of elements: broken markup makes a parser repeat open elements in every
 * later paragraph, which would otherwise grow with the square of the input.
 */
export function parseHtml(html: string): HtmlFragment {
  if (html.length > maxCharacters) throw tooLarge();
  let elements = 0;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement: (tagName, namespace, attrs) => {
      elements += 1;
      if (elements > maxElements) throw tooLarge();
      return defaultTreeAdapter.createElement(tagName, namespace, attrs);
    },
  };
  return parseFragment(html, { treeAdapter });
}

/** An attribute's value, found in linear time over the attributes. */
export function attributeOf(element: HtmlElement, name: string): string | undefined {
  for (const attribute of element.attrs) if (attribute.name === name) return attribute.value;
  return undefined;
}

export interface TreeVisitor {
  /** False leaves out what is inside; `leave` is then not called. */
  enter: (element: HtmlElement) => boolean;
  leave: (element: HtmlElement) => void;
  text: (text: string) => void;
}

/** Visits every element and text in document order with a stack of its own: any nesting is safe. */
export function walkTree(root: HtmlFragment, visitor: TreeVisitor): void {
  const open: { element: HtmlElement | null; children: DefaultTreeAdapterTypes.ChildNode[]; next: number }[] =
    [{ element: null, children: root.childNodes, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.children[top.next];
    top.next += 1;
    if (child === undefined) {
      open.pop();
      if (top.element !== null) visitor.leave(top.element);
    } else if ('tagName' in child) {
      if (visitor.enter(child)) open.push({ element: child, children: child.childNodes, next: 0 });
    } else if ('value' in child) {
      visitor.text(child.value);
    }
  }
}
