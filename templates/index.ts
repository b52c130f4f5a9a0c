/** The public pages: data in, HTML out. No clock, no I/O; the same props give the same bytes. */
export * from './page-types.ts';
export { prepareChrome, type PreparedChrome } from './document.tsx';
export { renderHome } from './pages/home.tsx';
export { renderColumn } from './pages/column.tsx';
export { renderArticle, renderPolicy } from './pages/article.tsx';
export { renderSiteMap } from './pages/site-map.tsx';
export { renderSearch, renderSearchResults, renderSearchShell } from './pages/search.tsx';
export { renderGone, renderNotFound, renderUnavailable } from './pages/missing.tsx';
export { renderAccessibility, renderCorrection } from './pages/guidance.tsx';
export { renderAtom, renderJsonFeed, renderRss, renderSitemapIndex, renderSitemapXml } from './feeds.ts';
export { outlineOf } from './outline.ts';
export { renderRichText } from './rich-text/index.ts';
export { renderThemeStylesheet } from './theme.ts';
export { ACCESSIBILITY_PATH, CORRECTION_PATH, SEARCH_PATH, SITE_MAP_PATH } from './addresses.ts';
