import type { ShownAsset } from '../library/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import type { SiteRow } from './site.queries.ts';

/** Where the browser finds a file that is not public yet: behind the console. */
export const previewUrl = (asset: ShownAsset): string => `/api/assets/${asset.id}/content`;

/**
 * A page as the console shows it: the site's colours have an address of their own here, and the files that are public
 * already lie on the site.
 */
export function inConsole(html: string, site: Pick<SiteRow, 'id' | 'domains'>, base: PublicBase): string {
  const home = homeUrlOf(base, site.domains[0] ?? 'localhost');
  return html
    .replace(/href="\/theme\.css[^"]*"/, `href="/api/sites/${site.id}/theme.css"`)
    .replaceAll(/ (src|poster)="\/files\//g, ` $1="${home}files/`)
    .replaceAll(/ srcset="[^"]*"/g, (set) => set.replaceAll(/(["\s])\/files\//g, `$1${home}files/`));
}

/** Nothing of a previewed page may act; its pictures may come from the sites of the district. */
export function previewPolicy(sites: readonly Pick<SiteRow, 'domains'>[], base: PublicBase): string {
  const hosts = sites.flatMap((site) => site.domains.map((domain) => homeUrlOf(base, domain).slice(0, -1)));
  const media = ["'self'", ...hosts].join(' ');
  return `default-src 'self'; img-src ${media}; media-src ${media}; script-src 'none'; form-action 'none'; frame-ancestors 'self'`;
}
