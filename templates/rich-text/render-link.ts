import { escapeHtml } from './escape-html.ts';

/** Government names: `gov.cn`, `.政务` and its form on the wire, each with everything below it. */
const governmentHost = /(?:^|\.)(?:gov\.cn|政务|xn--zfr164b)$/;

function isExternal(href: string, ownHosts: readonly string[]): boolean {
  if (!href.startsWith('http')) return false;
  const { hostname } = new URL(href);
  return !governmentHost.test(hostname) && !ownHosts.includes(hostname);
}

/**
 * The start tag of an allowed link. Links that leave the government's sites are marked, so that the page can warn
 * before it follows them.
 */
export function renderLinkStart(href: string, ownHosts: readonly string[]): string {
  const external = isExternal(href, ownHosts) ? ' rel="noopener external" data-external' : '';
  return `<a href="${escapeHtml(href)}"${external}>`;
}
