import { searchAddress, SEARCH_PATH, SITE_MAP_PATH } from '../../addresses.ts';
import type { Path } from '../../page-types.ts';
import type { SearchFacet, SearchHit, SearchResults as Results, Segment } from '../../search-types.ts';
import { SearchForm } from '../search-form/search-form.tsx';
import { ValidityTag } from '../validity/validity.tsx';

/** The whole content of the search page, so that a server can put it into a page that was built before. */
export function SearchResults({ results }: { readonly results: Results }) {
  const action = results.action ?? SEARCH_PATH;
  const asked = results.total !== undefined;
  return (
    <div class="search">
      <h1 class="search-heading">搜索</h1>
      <SearchForm query={results.query} action={action} years={results.years} choices={results.choices} />
      {results.problem !== undefined && (
        <p class="notice" role="status">
          {results.problem}
        </p>
      )}
      {asked && results.problem === undefined && <Answer results={results} action={action} />}
    </div>
  );
}

function Answer({ results, action }: { results: Results; action: Path }) {
  if (results.hits.length === 0) return <EmptyAnswer results={results} action={action} />;
  return (
    <div class="search-body">
      {results.kinds.length > 1 && results.query.column === undefined && (
        <Kinds results={results} action={action} />
      )}
      <div class="search-main">
        <p class="search-count">
          {results.query.q === '' ? '共' : `“${results.query.q}”找到`} {results.total}
          {results.totalIsFloor === true ? ' 多' : ' '}条{results.page > 1 && `，第 ${results.page} 页`}
        </p>
        <ol class="hits">
          {results.hits.map((hit) => (
            <Hit hit={hit} />
          ))}
        </ol>
        <Pages results={results} action={action} />
      </div>
    </div>
  );
}

function Kinds({ results, action }: { results: Results; action: Path }) {
  const current = results.query.kind ?? '';
  return (
    <nav class="kinds" aria-label="按类别筛选">
      <ul>
        {results.kinds.map((kind) => (
          <li>
            <a
              href={searchAddress(action, { ...results.query, kind: kind.value })}
              {...(kind.value === current ? { 'aria-current': 'true' as const } : {})}
            >
              {kind.name}
              <KindCount kind={kind} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function KindCount({ kind }: { readonly kind: SearchFacet }) {
  return kind.count === undefined ? null : <span class="count">{kind.count}</span>;
}

function Hit({ hit }: { readonly hit: SearchHit }) {
  return (
    <li class="hit">
      <h2>
        <a href={hit.url}>
          <Marked segments={hit.title} />
        </a>
        <ValidityTag validity={hit.validity} />
      </h2>
      {hit.snippet.length > 0 && (
        <p class="hit-snippet">
          <Marked segments={hit.snippet} />
        </p>
      )}
      <p class="hit-facts">
        <span>{hit.kindName}</span>
        <time datetime={hit.day}>{hit.day}</time>
        <span>{hit.siteName}</span>
        {hit.unitName !== undefined && hit.unitName !== hit.siteName && <span>{hit.unitName}</span>}
        {hit.documentNumber !== undefined && <span>{hit.documentNumber}</span>}
      </p>
    </li>
  );
}

function Marked({ segments }: { readonly segments: readonly Segment[] }) {
  return <>{segments.map((segment) => (segment.hit ? <mark>{segment.text}</mark> : segment.text))}</>;
}

function Pages({ results, action }: { results: Results; action: Path }) {
  const { page, query } = results;
  if (page === 1 && !results.hasNext) return null;
  return (
    <nav class="pager" aria-label="结果翻页">
      <ul>
        <li>
          {page > 1 ? (
            <a href={searchAddress(action, query, page - 1)} rel="prev">
              上一页
            </a>
          ) : (
            <span class="pager-off">上一页</span>
          )}
        </li>
        <li>
          <span class="pager-current" aria-current="page">
            第 {page} 页
          </span>
        </li>
        <li>
          {results.hasNext ? (
            <a href={searchAddress(action, query, page + 1)} rel="next">
              下一页
            </a>
          ) : (
            <span class="pager-off">下一页</span>
          )}
        </li>
      </ul>
    </nav>
  );
}

/** No dead end: each remedy that can help with this very question, as a link. */
function EmptyAnswer({ results, action }: { results: Results; action: Path }) {
  const { query } = results;
  const suggestions = results.suggestions ?? [];
  return (
    <section class="search-empty" aria-labelledby="search-empty">
      <h2 id="search-empty">{query.q === '' ? '没有符合条件的信息' : `没有找到“${query.q}”`}</h2>
      {suggestions.length > 0 && (
        <p>
          试试：
          {suggestions.map((term) => (
            <a class="suggestion" href={searchAddress(action, { ...query, q: term })}>
              {term}
            </a>
          ))}
        </p>
      )}
      <ul>
        <WiderSearches results={results} action={action} />
        <li>换用更短的词，或者只留下最关键的两三个字</li>
        <li>
          从<a href={SITE_MAP_PATH}>站点地图</a>按栏目查找
        </li>
      </ul>
    </section>
  );
}

/** The same question with fewer limits: in a column its own, elsewhere those of the site. */
function WiderSearches({ results: { query }, action }: { results: Results; action: Path }) {
  if (query.column !== undefined) {
    return (
      <>
        {query.q !== '' && (
          <li>
            <a href={searchAddress(action, { q: query.q, scope: 'site' })}>不限栏目，在本站搜索</a>
          </li>
        )}
        <li>
          <a href={searchAddress(action, { q: '', scope: 'site', column: query.column })}>
            列出本栏目的全部信息
          </a>
        </li>
      </>
    );
  }
  const narrowed = query.year !== undefined || (query.kind !== undefined && query.kind !== '');
  return (
    <>
      {query.scope === 'site' && (
        <li>
          <a href={searchAddress(action, { ...query, scope: 'all' })}>在全区各网站中搜索</a>
        </li>
      )}
      {narrowed && (
        <li>
          <a href={searchAddress(action, { q: query.q, scope: query.scope })}>去掉类别和年份的限制</a>
        </li>
      )}
    </>
  );
}
