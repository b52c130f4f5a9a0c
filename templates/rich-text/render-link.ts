import { leavingAddress } from '../addresses.ts';
import { escapeHtml } from './escape-html.ts';

/** Government names: `gov.cn`, `.政务` and its form on the wire, each with everything below it. */
const governmentHost = /(?:^|\.)(?:gov\.cn|政务|xn--zfr164b)$/;

export interface LinkOptions {
  /** Hosts of the platform's own sites: links to them are not external. */
  readonly ownHosts?: readonly string[];
  /** Where there is no page that warns, as in a preview, links lead straight to where they say. */
  readonly withoutWarning?: boolean;
}

function isExternal(href: string, ownHosts: readonly string[]): boolean {
  if (!href.startsWith('http')) return false;
  const { hostname } = new URL(href);
  return !governmentHost.test(hostname) && !ownHosts.includes(hostname);
}

/** Where a link leads, and the address that it warns of when it leaves the government's sites. */
export interface LinkTarget {
  readonly url: string;
  readonly external?: string | undefined;
}

export function linkTarget(href: string, { ownHosts = [], withoutWarning = false }: LinkOptions): LinkTarget {
  if (!isExternal(href, ownHosts)) return { url: href };
  return { url: withoutWarning ? href : leavingAddress(href), external: href };
}

/**
 * The start tag of an allowed link. One that leaves the government's sites leads to a page that warns first (rule R39);
 * where the script runs, it warns on the page itself and needs to know the address.
 */
export function renderLinkStart(href: string, options: LinkOptions): string {
  const { url, external } = linkTarget(href, options);
  if (external === undefined) return `<a href="${escapeHtml(url)}">`;
  return `<a href="${escapeHtml(url)}" rel="noopener external nofollow" data-external="${escapeHtml(external)}">`;
}
