import { type AnyNode, type Element, isTag } from 'domhandler';

import { findAll } from './parse-page.ts';

/** Names that somebody gave; those with long numbers are made by a program and differ from page to page. */
const isGiven = (name: string): boolean => /^[a-zA-Z][\w-]{0,40}$/.test(name) && !/\d{3}/.test(name);

function ownNames(element: Element): readonly string[] {
  const id = element.attribs['id'] ?? '';
  const classes = (element.attribs['class'] ?? '').split(/\s+/).filter(isGiven);
  return [
    ...(isGiven(id) ? [`#${id}`] : []),
    ...classes.map((one) => `.${one}`),
    ...(classes.length > 1
      ? [
          classes
            .slice(0, 3)
            .map((one) => `.${one}`)
            .join(''),
        ]
      : []),
  ];
}

function placeOf(element: Element): string {
  const siblings = element.parent?.children.filter(isTag).filter(({ name }) => name === element.name) ?? [];
  return siblings.length < 2
    ? element.name
    : `${element.name}:nth-of-type(${String(siblings.indexOf(element) + 1)})`;
}

const leadsTo = (selector: string, element: Element, document: AnyNode): boolean =>
  findAll(selector, document)[0] === element;

/** A short selector that finds this element first: by its names, by those of what it stands in, by its place. */
export function selectorOf(element: Element, document: AnyNode): string | undefined {
  let below = '';
  let current: Element | null = element;
  for (let steps = 0; current !== null && steps < 6; steps += 1) {
    // A bare name such as `span` says nothing; of what tells parts of a page apart it may.
    const bare = below !== '' || /^(?:h[1-6]|article|main)$/.test(current.name) ? [current.name] : [];
    for (const name of [...ownNames(current), ...bare]) {
      const selector = `${name}${below}`;
      if (leadsTo(selector, element, document)) return selector;
    }
    below = ` > ${placeOf(current)}${below}`;
    const above: AnyNode | null = current.parent;
    current = above !== null && isTag(above) ? above : null;
  }
  return undefined;
}
