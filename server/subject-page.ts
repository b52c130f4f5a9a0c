import { canonicalPath, loadPage, type PageProof, type PageReader } from './modules/publishing/index.ts';

/** Where published pages are read and proved. */
export interface PageSource {
  readonly reader: PageReader;
  readonly key: Uint8Array;
  readonly proof: PageProof;
}

/** What citizens can read as a page: neither pictures nor style sheets, and not what stands for something missing. */
const readable = /(?:\/|\.html)$/;
const aroundPages = new Set(['/404.html', '/search.html', '/forms.html', '/leaving.html', '/urgent.html']);

/** The path that somebody gave as a path or as a whole address of this host; undefined when it is neither. */
export function pathOfAddress(text: string, host: string | undefined): string | undefined {
  let address = text;
  if (/^https?:\/\//i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    const url = new URL(text);
    if (url.host !== host?.toLowerCase()) return undefined;
    address = url.pathname;
  }
  const path = canonicalPath(address.replace(/[?#].*$/s, ''));
  // `//host/` is an address elsewhere for a browser.
  return path === undefined || path.startsWith('//') ? undefined : path;
}

/** Whether citizens can open a page there now. Answers also without the database. */
export async function isPublicPage(source: PageSource, site: string, path: string): Promise<boolean> {
  if (!readable.test(path) || aroundPages.has(path)) return false;
  const loaded = await loadPage(source, site, path);
  if (loaded.outcome !== 'sound') return false;
  return loaded.page.kind === 'file' || (loaded.page.kind === 'content' && loaded.page.status === 200);
}
