/** An address of an old site: host (with port where one was used) and path with query. */
export interface OldAddress {
  readonly host: string;
  readonly path: string;
}

const longest = 1_500;

/** `host/path?query`: what a page is called in the queue. */
export const nameOf = ({ host, path }: OldAddress): string => `${host}${path}`;

export function addressOfName(name: string): OldAddress {
  const slash = name.indexOf('/');
  return slash < 0 ? { host: name, path: '/' } : { host: name.slice(0, slash), path: name.slice(slash) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    // In another charset than UTF-8: the address is kept as it is written.
    return path;
  }
}

/**
 * A link as a page gives it, seen from the page, in the one spelling under which the queue knows it: decoded, without
 * fragment, `/x/` for `/x/index.html`. Undefined when it is none of a page.
 */
export function resolveLink(link: string, from: OldAddress): OldAddress | undefined {
  const trimmed = link.trim();
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.length > longest) return undefined;
  let url: URL;
  try {
    url = new URL(
      trimmed.replaceAll('\\', '/'),
      `http://${from.host}${encodeURI(decoded(from.path)).replaceAll('#', '%23')}`,
    );
  } catch {
    return undefined;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const path = decoded(url.pathname).replace(/\/index\.html$/, '/');
  const name = `${path}${decoded(url.search)}`;
  if (/[\p{Cc}\p{Cs}]/u.test(name) || name.length > longest) return undefined;
  return { host: url.host.toLowerCase(), path: name };
}

/** A host name as an operator types it, with or without scheme and path; undefined when it is none. */
export function hostIn(text: string): string | undefined {
  const trimmed = text.trim();
  const address = /^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(address)) return undefined;
  const { host, hostname, username } = new URL(address);
  return username === '' && hostname !== '' && /^[a-z0-9.:[\]-]+$/.test(host) ? host : undefined;
}

/**
 * The address at which a file of a saved copy stood. A copy of several hosts has a folder for each (wget); queries stand
 * in file names as they were or with `@` for `?`, and a mirror may have put `.html` behind them.
 */
export function addressOfFile(file: string, hosts: readonly string[]): OldAddress | undefined {
  const parts = file
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const [first = ''] = parts;
  if (parts.length === 0 || parts.includes('..')) return undefined;
  const host = hosts.find(
    (one) => one === first.toLowerCase() || one.replace(':', '+') === first.toLowerCase(),
  );
  const rest = host === undefined ? parts : parts.slice(1);
  const path = `/${rest.join('/')}`.normalize('NFC');
  const asked = /^(.*)[?@]([^/?@]*=[^/]*)$/.exec(path);
  const name = asked ? `${asked[1] ?? ''}?${(asked[2] ?? '').replace(/\.html$/, '')}` : path;
  if (name.length > longest || /[\p{Cc}\p{Cs}]/u.test(name)) return undefined;
  return { host: host ?? hosts[0] ?? '', path: name.replace(/\/index\.html$/, '/') };
}

/** The folder a page lies in, without the folders of months and days that articles are filed by. */
export function columnFolderOf(path: string): string {
  const folder = path.replace(/[?#].*$/, '').replace(/[^/]*$/, '');
  return folder.replace(/\/\d{4}(?:-?\d{2}){0,2}(?:\/\d{1,2}){0,2}\/$/, '/');
}
