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

/**
 * The start tag of an allowed link. One that leaves the government's sites leads to a page that warns first (rule R39);
 * where the script runs, it warns on the page itself and needs to know the address.
 */
export function renderLinkStart(
  href: string,
  { ownHosts = [], withoutWarning = false }: LinkOptions,
): string {
  if (!isExternal(href, ownHosts)) return `<a href="${escapeHtml(href)}">`;
  const target = escapeHtml(href);
  const address = withoutWarning ? target : escapeHtml(leavingAddress(href));
  return `<a href="${address}" rel="noopener external nofollow" data-external="${target}">`;
}
