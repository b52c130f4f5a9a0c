/** Sites of the government need no approval. */
const governmentHost = /(?:^|\.)(?:gov\.cn|xn--zfr164b)$/;

/** The host that a link leads to; undefined for one that stays on the site, and for mail and telephone. */
export function hostOfLink(href: string): string | undefined {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return undefined;
  return new URL(href).hostname.toLowerCase().replace(/\.$/, '');
}

export const isGovernmentHost = (host: string): boolean => governmentHost.test(host);

/** Whether a host, or one that it belongs to, is in the set: `example.com` stands for `www.example.com` too. */
export function isAmongHosts(hosts: ReadonlySet<string>, host: string): boolean {
  for (let rest = host; rest !== ''; rest = rest.includes('.') ? rest.slice(rest.indexOf('.') + 1) : '') {
    if (hosts.has(rest)) return true;
  }
  return false;
}

/** One form for each address, so that it is tried and told of once; what stands behind # stays with the reader. */
export function addressOfLink(href: string): string | undefined {
  if (hostOfLink(href) === undefined) return undefined;
  const url = new URL(href);
  url.hash = '';
  return url.href;
}
