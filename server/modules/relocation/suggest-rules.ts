import { type AnyNode, type Element, isTag, isText } from 'domhandler';

import { type SiteRules, startingRules } from '../../../contracts/relocation.ts';
import { dayIn } from './old-date.rules.ts';
import { childrenOf, findAll, findFirst, textIn, tidy } from './parse-page.ts';
import { afterLabel, type PageInput } from './read-page.ts';
import { selectorOf } from './selector-of.ts';

export type Sample = Pick<PageInput, 'document' | 'address'>;

/**
 * Rules for a site from some of its articles, for an operator to begin with: the meta tags of the national standard
 * where they are filled, the block that holds most of the text, the place that looks alike on most samples.
 */
export function suggestRules(samples: readonly Sample[]): SiteRules {
  const bodies = samples.map(({ document }) => mainBlock(document));
  const vote = (find: (sample: Sample, body: Element | undefined) => Element | undefined): string[] =>
    votes(samples.flatMap((sample, at) => selectorsOf(sample, find(sample, bodies[at]))));
  const body = vote((_sample, main) => main);
  const title = vote(({ document }, main) => headingOf(document, main));
  const date = vote(({ document }, main) =>
    smallest(document, main, (text) => text.length < 120 && dayIn(text) !== undefined),
  );
  const source = vote(({ document }, main) =>
    smallest(
      document,
      main,
      (text) => text.length < 150 && afterLabel(text, startingRules.sourceLabels) !== undefined,
    ),
  );
  const breadcrumb = vote(({ document }, main) => crumbsIn(document, main));
  return {
    ...startingRules,
    articleAddresses: commonPattern(samples.map(({ address }) => address.path)),
    title: merged(filledMeta(samples, 'ArticleTitle'), title, ['title']),
    titleEndings: commonEndings(samples),
    date: merged(filledMeta(samples, 'PubDate'), date),
    source: merged(filledMeta(samples, 'ContentSource'), source),
    body: merged(body, startingRules.body),
    columnFrom: 'path',
    breadcrumb: merged(breadcrumb, startingRules.breadcrumb),
  };
}

const merged = (...lists: readonly (readonly string[])[]): string[] =>
  [...new Set(lists.flat())].slice(0, 20);

function selectorsOf({ document }: Sample, element: Element | undefined): readonly string[] {
  const selector = element && selectorOf(element, document);
  return selector === undefined ? [] : [selector];
}

/** The two selectors that most samples agree on. */
function votes(selectors: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of selectors) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts]
    .sort((one, other) => other[1] - one[1])
    .map(([selector]) => selector)
    .slice(0, 2);
}

function filledMeta(samples: readonly Sample[], name: string): readonly string[] {
  const selector = `meta[name="${name}" i]`;
  const filled = samples.filter(({ document }) => {
    const element = findFirst(selector, document);
    return element !== undefined && tidy(element.attribs['content'] ?? '') !== '';
  });
  // Half of the samples: on the others the next rule is tried.
  return filled.length * 2 >= samples.length && filled.length > 0 ? [selector] : [];
}

/** Text that no link holds: menus and lists have none. */
function plainLength(node: AnyNode): number {
  if (isText(node)) return tidy(node.data).length;
  if (isTag(node) && ['a', 'script', 'style', 'select', 'option', 'head'].includes(node.name)) return 0;
  return childrenOf(node).reduce((sum, child) => sum + plainLength(child), 0);
}

const noContainer = new Set([
  'p',
  'span',
  'font',
  'b',
  'strong',
  'em',
  'u',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
]);
/** A block goes on into its child as long as the child holds nearly all of its text. */
const nearlyAll = 0.7;

function mainBlock(document: AnyNode): Element | undefined {
  let block = findFirst('body', document);
  while (block !== undefined) {
    const whole = plainLength(block);
    const next: Element | undefined = childrenOf(block)
      .filter(isTag)
      .find((child) => !noContainer.has(child.name) && plainLength(child) >= whole * nearlyAll);
    // A table of the article is a part of it; a table of the layout holds other blocks.
    if (next === undefined || (next.name === 'table' && findFirst('p, div', next) === undefined)) break;
    block = next;
  }
  return block?.name === 'body' ? undefined : block;
}

function isInside(element: AnyNode, root: Element | undefined): boolean {
  for (let above: AnyNode | null = element; above !== null; above = above.parent)
    if (above === root) return true;
  return false;
}

/** The innermost element outside the body of which something is true, the first on the page. */
function smallest(
  document: AnyNode,
  body: Element | undefined,
  isWanted: (text: string) => boolean,
): Element | undefined {
  return findAll('body *', document)
    .filter(
      (element) => !isInside(element, body) && !['script', 'style', 'a', 'option'].includes(element.name),
    )
    .find(
      (element) =>
        isWanted(textIn(element)) &&
        !childrenOf(element).some((child) => isTag(child) && isWanted(textIn(child))),
    );
}

/** What says on the page how its title begins. */
function headingOf(document: AnyNode, body: Element | undefined): Element | undefined {
  const title = titleOf(document);
  const matches = findAll('body *', document).filter((element) => {
    if (isInside(element, body) || element.name === 'a' || element.name === 'script') return false;
    const text = textIn(element);
    return (
      text.length >= 5 &&
      text.length <= 200 &&
      (title === '' ? /^h[12]$/.test(element.name) : title.startsWith(text))
    );
  });
  // The innermost comes last in the document, and is the one that holds nothing else.
  return (
    matches.find(({ name }) => name === 'h1') ??
    matches.find((one) => !matches.some((other) => other !== one && isInside(other, one)))
  );
}

function titleOf(document: AnyNode): string {
  const title = findFirst('title', document);
  return tidy((title?.children ?? []).map((one) => ('data' in one ? one.data : '')).join(''));
}

function crumbsIn(document: AnyNode, body: Element | undefined): Element | undefined {
  return smallest(
    document,
    body,
    (text) => text.length < 160 && /首页|位置/u.test(text) && /[>›»＞→]/u.test(text),
  );
}

/** What all titles end with, from a sign that parts a title from the name of a site on. */
function commonEndings(samples: readonly Sample[]): string[] {
  const titles = samples.map(({ document }) => titleOf(document)).filter((title) => title !== '');
  const [first = ''] = titles;
  if (titles.length < 2) return [];
  const starts = [...first.matchAll(/\s*[-_|—–｜]+/gu)].map(({ index }) => index);
  const ending = starts
    .map((at) => first.slice(at))
    .find((end) => titles.every((title) => title.endsWith(end)));
  return ending === undefined || ending.length < 2 ? [] : [ending];
}

/** `**` and the form of the file's name, when all samples share it and it has numbers in it. */
function commonPattern(paths: readonly string[]): string[] {
  const forms = paths.map((path) =>
    (path.split('/').at(-1) ?? '').replace(/\?.*$/, '').replaceAll(/\d+/g, '*'),
  );
  const [form = ''] = forms;
  if (form === '' || !form.includes('*') || form.startsWith('index')) return [];
  return forms.every((one) => one === form) ? [`**/${form}`] : [];
}
