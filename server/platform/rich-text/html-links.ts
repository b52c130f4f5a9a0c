import { allowedHref } from '../../../contracts/rich-text.ts';

/** The anchors that our own documents have; a foreign page's ids could clash with those of the page around. */
export const ownAnchor = /^(?:part|subpart|chapter|section|article)-\d[\d_-]{0,60}$/;

function resolveAddress(address: string, baseUrl: string | undefined): string | null {
  const absolute = address.startsWith('//') ? `https:${address}` : address;
  if (!URL.canParse(absolute, baseUrl)) return null;
  return new URL(absolute, baseUrl).href;
}

/**
 * A link's address in the form that documents allow, or null when there is none: blanks trimmed and encoded,
 * the scheme in small letters, relative addresses resolved when the page's own address is known.
 */
export function settleHref(raw: string, baseUrl: string | undefined): string | null {
  const address = raw.trim().replaceAll(/[\t\n\r]/g, '');
  if (address.startsWith('#')) return ownAnchor.test(address.slice(1)) ? address : null;
  if (address.startsWith('/') && !address.startsWith('//') && baseUrl === undefined) {
    return allowedHref(address) ? address : null;
  }
  if (/^tel:/i.test(address)) return allowedOrNull(`tel:${address.slice(4).replaceAll(/\s/g, '')}`);
  if (allowedHref(address) && !address.startsWith('/')) return address;
  const resolved = address === '' ? null : resolveAddress(address, baseUrl);
  return resolved === null ? null : allowedOrNull(resolved);
}

const allowedOrNull = (href: string): string | null => (allowedHref(href) ? href : null);
