import { richTextLimits } from '../../../contracts/rich-text.ts';
import { settleText } from './html-inline.ts';
import { attributeOf, type HtmlElement } from './html-tree.ts';

const isTiny = (size: string | undefined): boolean => size !== undefined && /^\s*[012](?:px)?\s*$/.test(size);

/** A picture's address and alternative text; null for a counting pixel and for one without an address. */
export function readImage(
  element: HtmlElement,
  baseUrl: string | undefined,
): { src: string; alt: string } | null {
  // Pages that load pictures late keep the real address beside a placeholder.
  const lazy = attributeOf(element, 'data-src') ?? attributeOf(element, 'data-original');
  const given = (lazy ?? attributeOf(element, 'src') ?? '').trim();
  if (given === '') return null;
  if (isTiny(attributeOf(element, 'width')) && isTiny(attributeOf(element, 'height'))) return null;
  const src = baseUrl !== undefined && URL.canParse(given, baseUrl) ? new URL(given, baseUrl).href : given;
  const alt = settleText(attributeOf(element, 'alt') ?? '').slice(0, richTextLimits.altCharacters);
  return { src, alt: alt.replace(/\p{Cs}$/u, '') };
}
