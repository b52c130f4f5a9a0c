/**
 * `/zwgk/tzgg/202611/t20261122_5875.html`: the form of the district's addresses for two decades.
 * `day` is the day of first publication in China, `YYYY-MM-DD`.
 */
export function articlePath(columnPath: string, day: string, resourceId: string): string {
  const digits = day.replaceAll('-', '');
  return `${columnPath}${digits.slice(0, 6)}/t${digits}_${resourceId}.html`;
}

/** Where people reach a site: scheme and port are the deployment's, the domain is the site's. */
export interface PublicBase {
  readonly scheme: 'http' | 'https';
  /** Null for the scheme's own port. */
  readonly port: number | null;
}

export function homeUrlOf(base: PublicBase, domain: string): string {
  return `${base.scheme}://${domain}${base.port === null ? '' : `:${String(base.port)}`}/`;
}

/** Where the beginning of a document can be read on a site that attaches it. */
export function previewPath(file: { readonly digest: string; readonly fileName: string }): string {
  return `/preview/${file.digest}/${encodeURIComponent(file.fileName)}.html`;
}

/** Where a file lies on a site that shows it. */
export function filePath(file: { readonly digest: string; readonly fileName: string }): string {
  return `/files/${file.digest}/${encodeURIComponent(file.fileName)}`;
}
