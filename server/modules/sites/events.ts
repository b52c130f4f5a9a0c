/** What sites announces. */
export const sitesEvents = {
  /** Entries appeared in, moved in, or left columns. */
  listingsChanged: 'sites.listings-changed',
  /** A column shows what another unit published, or does so no longer. */
  reuseChanged: 'sites.reuse-changed',
  /** Name, path or rule of columns changed. */
  columnChanged: 'sites.column-changed',
  /** What every page of a site shows changed: name, footer, navigation, colours. */
  siteChanged: 'sites.site-changed',
  /** Another resource became a site's home page, or none is it any more. */
  homeChanged: 'sites.home-changed',
  /** A unit is called otherwise: what search says of its resources changed. */
  unitRenamed: 'sites.unit-renamed',
  /** The last day of a topic has passed, or is another one now. */
  topicEnded: 'sites.topic-ended',
  /** An announcement to all was raised, changed or ended. */
  urgentChanged: 'sites.urgent-changed',
  /** Something about bytes that pages show: they went into quarantine, came back, or were read. */
  filesChanged: 'sites.files-changed',
} as const;

/** Which resource is a site's home page. */
export const homeTag = (siteId: string): string => `home:${siteId}`;
/** The announcement that every site shows in an emergency. */
export const urgentTag = (siteId: string): string => `urgent:${siteId}`;
export const siteTag = (siteId: string): string => `site:${siteId}`;
/** What search results say of a site beside each of its pages: its name and its address. */
export const siteNameTag = (siteId: string): string => `site-name:${siteId}`;
export const themeTag = (siteId: string): string => `theme:${siteId}`;
export const columnTag = (columnId: string): string => `column:${columnId}`;
/** The newest entries of a column. */
export const columnHeadTag = (columnId: string): string => `column-head:${columnId}`;
/** One archive page of a column. */
export const columnBlockTag = (columnId: string, block: number): string =>
  `column-block:${columnId}/${String(block)}`;
/** The entries before and after this one in its main column. */
export const neighbourTag = (resourceId: string): string => `neighbour:${resourceId}`;
export const sitemapBlockTag = (siteId: string, block: number): string =>
  `sitemap-block:${siteId}/${String(block)}`;
export const sitemapTag = (siteId: string): string => `sitemap:${siteId}`;
/** A file that a site shows or stops showing: the same bytes under the same name are one, whoever uploaded them. */
export const fileTag = (
  siteId: string,
  file: { readonly digest: string; readonly fileName: string },
): string => `file:${siteId}/${file.digest}/${file.fileName}`;
/** What stands under the addresses of a site that is offline or closed. */
export const noticeTag = (siteId: string): string => `notice:${siteId}`;
/** Whether search finds a resource, although nothing about the resource itself changed. */
export const findableTag = (resourceId: string): string => `findable:${resourceId}`;
/** The page that a site has of what another unit published. */
export const reusedTag = (siteId: string, resourceId: string): string => `reused:${siteId}/${resourceId}`;
/** Which host names there are. */
export const hostsTag = 'hosts';
