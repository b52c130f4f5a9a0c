import { bodiesIn } from '../../../contracts/blocks.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import { plainText } from '../../platform/rich-text/index.ts';

/** The running text of a content, without its title: two versions of one document may be called alike or not. */
export function textOf(content: ResourceContent): string {
  const bodies = [...(content.body ? [content.body] : []), ...bodiesIn(content.blocks ?? [])];
  return [...bodies.map((body) => plainText(body)), content.transcript ?? ''].join('\n');
}

/** What a resource is found by besides its title, and shown with where it is found. */
export function foundText(content: ResourceContent): string {
  const { documentNumber, subtitle, summary, keywords = [], issuer, source, author, values = {} } = content;
  const facts = [documentNumber, subtitle, summary, ...keywords, issuer, source, author];
  return [...facts, textOf(content), ...Object.values(values).flat()].filter(Boolean).join('\n');
}
