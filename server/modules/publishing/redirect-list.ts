import { canonicalPath, encodeAddress, isReservedName } from './page-path.ts';

/** One line of a list of old addresses, as it came. */
export interface RedirectLine {
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

export const refusalReasons = {
  'line-unreadable': '这一行读不出“原地址”和“新地址”两项',
  'from-invalid': '原地址不是合规范的网址路径（应以 / 开头，按 UTF-8 编码）',
  'from-foreign': '原地址的域名不属于本站',
  'from-reserved': '原地址是系统使用的地址，不能跳转',
  'from-live': '原地址现在有页面，不能跳转',
  'from-twice': '原地址在文件中出现过，且新地址不同，以先出现的为准',
  'to-invalid': '新地址不是合规范的网址或路径',
  'to-foreign': '新地址不是政府网站',
  'to-missing': '新地址没有页面',
  loop: '跳转成环，最终回到了原地址',
} as const;
export type RefusalReason = keyof typeof refusalReasons;

export interface Refusal {
  readonly line: number;
  readonly from: string;
  readonly reason: RefusalReason;
}

/** Far above two addresses in any spelling; what is longer is no line of a list, but a file of another kind. */
const LONGEST_LINE = 20_000;
const HEADING = /^(?:from|source|old|原地址|旧地址|原网址|旧网址)/i;

/** Reads CSV, TSV and JSON Lines, each line as what it is. */
export function readRedirectLines(text: string): {
  readonly lines: readonly RedirectLine[];
  readonly refused: readonly Refusal[];
} {
  const lines: RedirectLine[] = [];
  const refused: Refusal[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.trim();
    if (content === '' || (index === 0 && HEADING.test(content))) continue;
    const [from = '', to = ''] = content.length > LONGEST_LINE ? [] : readFields(content);
    const line = index + 1;
    if (from === '' || to === '')
      refused.push({ line, from: content.slice(0, 200), reason: 'line-unreadable' });
    else lines.push({ line, from, to });
  }
  return { lines, refused };
}

function readFields(content: string): readonly string[] {
  return content.startsWith('{') ? fieldsOfJson(content) : fieldsOf(content);
}

function fieldsOfJson(content: string): readonly string[] {
  try {
    const { from, to } = JSON.parse(content) as { from?: unknown; to?: unknown };
    return typeof from === 'string' && typeof to === 'string' ? [from.trim(), to.trim()] : [];
  } catch {
    return [];
  }
}

function fieldsOf(content: string): readonly string[] {
  if (content.includes('\t')) return content.split('\t').map((field) => field.trim());
  const fields = content.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return fields.map((field) => {
    const bare = field.replace(/^,/, '').trim();
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}

/** Letters, digits and signs of addresses that an input method made wide. Chinese brackets in names are left. */
export function narrow(text: string): string {
  return text.replace(
    /[\uff21-\uff3a\uff41-\uff5a\uff10-\uff19\uff0f\uff1f\uff1d\uff06\uff0e\uff05\uff1a\uff0d\uff3f\uff5e]/g,
    (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** Which host names belong to which site: `hosts[name]` is a site's key. */
export interface Surroundings {
  readonly site: string;
  readonly hosts: Readonly<Record<string, string>>;
}

/** In bytes, of an address: longer ones fit into no index and hardly into a header. */
const LONGEST = 2_000;
const RESERVED =
  /^\/(?:static\/|files\/|\.well-known\/|transparency\/|(?:search|leaving|qr\.svg|corrections?|correction\/status|feedback|feedback\/thanks|theme\.css)$)/;

type Read<T> = { readonly found: T } | { readonly refused: RefusalReason };

/** The spelling under which an old address is asked for: its path canonical, its query as it was. */
export function readOldAddress(address: string, around: Surroundings): Read<string> {
  const local = ownPart(narrow(address.trim()), around);
  if (local === undefined) return { refused: 'from-foreign' };
  const [rawPath, query] = splitAt(local, '?');
  const path = canonicalPath(rawPath);
  if (path === undefined || /[#\s\\\p{Cc}]/u.test(local)) return { refused: 'from-invalid' };
  if (RESERVED.test(path) || isReservedName(path)) return { refused: 'from-reserved' };
  const found = query === '' ? path : `${path}?${query}`;
  return Buffer.byteLength(found) > LONGEST ? { refused: 'from-invalid' } : { found };
}

function splitAt(text: string, sign: string): readonly [string, string] {
  const mark = text.indexOf(sign);
  return mark < 0 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 1)];
}

/** What stands behind the site's own host name; undefined behind any other. */
function ownPart(address: string, { hosts, site }: Surroundings): string | undefined {
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/i.exec(address) ?? [];
  if (rest === undefined) return address;
  if (!URL.canParse(address) || hosts[new URL(address).hostname] !== site) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

export interface Target {
  /** As it is sent to the visitor. */
  readonly url: string;
  /** The page it must be, if it is one of ours. */
  readonly page?: { readonly site: string; readonly path: string };
}

const GOVERNMENT = /(^|\.)(gov\.cn|xn--zfr164b|政务)$/;

export function readTarget(address: string, around: Surroundings): Read<Target> {
  const wanted = narrow(address.trim());
  // A backslash is a slash to browsers: `/\host` would lead away.
  if (/[\s\\\p{Cc}\p{Cs}]/u.test(wanted) || Buffer.byteLength(wanted) > LONGEST)
    return { refused: 'to-invalid' };
  if (wanted.startsWith('/') && !wanted.startsWith('//')) return localTarget(wanted, around.site, '');
  if (!/^https?:\/\//i.test(wanted) || !URL.canParse(wanted)) return { refused: 'to-invalid' };
  const { hostname, protocol, host, username, password } = new URL(wanted);
  if (`${username}${password}` !== '') return { refused: 'to-invalid' };
  const site = around.hosts[hostname];
  if (site === undefined) {
    return GOVERNMENT.test(hostname) ? { found: { url: new URL(wanted).href } } : { refused: 'to-foreign' };
  }
  const rest = wanted.replace(/^https?:\/\/[^/?#]*/i, '');
  return localTarget(
    rest.startsWith('/') ? rest : `/${rest}`,
    site,
    site === around.site ? '' : `${protocol}//${host}`,
  );
}

function localTarget(address: string, site: string, origin: string): Read<Target> {
  const [, rawPath = '', rest = ''] = /^([^?#]*)(.*)$/.exec(address) ?? [];
  const path = canonicalPath(rawPath);
  if (path === undefined) return { refused: 'to-invalid' };
  // It is sent in a header, where only ASCII may stand.
  const onward = rest.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
  return { found: { url: `${origin}${encodeAddress(path)}${onward}`, page: { site, path } } };
}
