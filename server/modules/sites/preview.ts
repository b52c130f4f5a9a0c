import type { AssetRow } from '../library/index.ts';

/** Where the browser finds a file that is not public yet: behind the console. */
export const previewUrl = (asset: AssetRow): string => `/api/assets/${asset.id}/content`;

/** The site's colours lie beside its pages; the console has them at an address of its own. */
export function inConsole(html: string, siteId: string): string {
  return html.replace(/href="\/theme\.css[^"]*"/, `href="/api/sites/${siteId}/theme.css"`);
}
