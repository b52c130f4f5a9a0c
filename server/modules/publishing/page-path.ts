import { AppError } from '../../platform/errors.ts';

const LONGEST_PATH = 2_000;
// The longest file name on common disks is 255 bytes; the rest is room for `.moved.gz`.
const LONGEST_SEGMENT_BYTES = 240;
const SITE_KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const INDEX = 'index.html';

/** Suffixes the store puts behind a page's file name; a page's own address may not end in one. */
export const FORM_SUFFIXES = ['.gz', '.br', '.mac', '.gone', '.gone.gz', '.moved', '.moved.gz'] as const;

function isSafeSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false;
  // eslint-disable-next-line no-control-regex -- control characters are what is refused here
  if (/[\u0000-\u001f\u007f\\]/.test(segment)) return false;
  return !/\p{Surrogate}/u.test(segment) && Buffer.byteLength(segment) <= LONGEST_SEGMENT_BYTES;
}

function isSafePath(path: string): boolean {
  if (!path.startsWith('/') || path.length > LONGEST_PATH) return false;
  if (path === '/') return true;
  const segments = path.slice(1).split('/');
  if (segments.at(-1) === '') segments.pop();
  return segments.every(isSafeSegment);
}

/**
 * The one spelling of an address under which a page is stored and looked up: decoded, Unicode NFC,
 * `/x/` for `/x/index.html`. Undefined when it is malformed or could leave its folder.
 */
export function canonicalPath(address: string): string | undefined {
  let path = address;
  if (path.includes('%')) {
    try {
      path = decodeURIComponent(path);
    } catch {
      return undefined;
    }
  }
  if (!isSafePath(path)) return undefined;
  path = path.normalize('NFC');
  if (!isSafePath(path)) return undefined;
  return path.endsWith(`/${INDEX}`) ? path.slice(0, -INDEX.length) : path;
}

/** The canonical path of a page that a definition loaded; refuses what no page may be called. */
export function requirePagePath(address: string): string {
  const path = canonicalPath(address);
  if (path === undefined) {
    throw new AppError('invalid', 'publishing.path-invalid', '页面地址不合规范', { details: { address } });
  }
  return path;
}

export function isReservedName(path: string): boolean {
  return FORM_SUFFIXES.some((suffix) => path.endsWith(suffix));
}

export function requireSiteKey(site: string): string {
  if (SITE_KEY.test(site)) return site;
  throw new AppError('invalid', 'publishing.site-invalid', '站点标识不合规范', { details: { site } });
}

/** The file, relative to the site's folder, of a canonical path. */
export function fileNameOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}${INDEX}` : path.slice(1);
}

/** The file that holds what stands at an address: the page or asset itself, or the note of a withdrawal or redirect. */
export function mainFileOf(path: string, outcome: 'page' | 'gone' | 'moved' | 'file'): string {
  const name = fileNameOf(path);
  return outcome === 'gone' || outcome === 'moved' ? `${name}.${outcome}` : name;
}

/** The canonical path that a stored file belongs to. */
export function pathOfFileName(name: string): string {
  return name === INDEX || name.endsWith(`/${INDEX}`) ? `/${name.slice(0, -INDEX.length)}` : `/${name}`;
}

/** The address as it is sent over HTTP: plain ASCII. */
export function encodeAddress(path: string): string {
  return encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** The digest that an asset's own address states (`/files/<sha256>/<name>`), which proves its bytes. */
export function digestInPath(path: string): string | undefined {
  return /^\/files\/([0-9a-f]{64})\//.exec(path)?.[1];
}
