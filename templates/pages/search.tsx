import { renderToString } from 'preact-render-to-string';
import { SEARCH_PATH } from '../addresses.ts';
import { SearchResults } from '../components/search-results/search-results.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { SiteChrome } from '../page-types.ts';
import type { SearchResults as Results } from '../search-types.ts';

/**
 * The search page with `marker` where its content belongs. It is built with the other pages of the site, so that
 * a server without a database can answer by putting `renderSearchResults` in place of the marker.
 */
export function renderSearchShell(
  chrome: SiteChrome,
  marker: string,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  const trail = [{ name: '搜索', url: SEARCH_PATH }];
  return renderDocument({
    prepared,
    trail,
    head: {
      title: `搜索 - ${chrome.name}`,
      description: `在${chrome.name}中搜索`,
      path: SEARCH_PATH,
      hidden: true,
    },
    content: `<div class="wrap"><nav class="breadcrumb" aria-label="当前位置"><ol><li><a href="/">首页</a></li><li><span aria-current="page">搜索</span></li></ol></nav><main id="main" tabindex="-1">${marker}</main></div>`,
  });
}

/** Form, counts, results and pages; the marker's replacement. Holds no site of its own. */
export function renderSearchResults(results: Results): string {
  return renderToString(<SearchResults results={results} />);
}

/** Both at once. */
export function renderSearch(chrome: SiteChrome, results: Results, prepared?: PreparedChrome): string {
  return renderSearchShell(chrome, renderSearchResults(results), prepared);
}
