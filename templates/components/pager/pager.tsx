import type { Pager as PagerProps } from '../../page-types.ts';

/**
 * Pages are numbered from the oldest, so a published page never has to change because a newer one appeared:
 * it links to its neighbours and to both ends, and does not know how many there are.
 */
export function Pager({ pager }: { readonly pager: PagerProps }) {
  if (pager.olderUrl === undefined && pager.newerUrl === undefined) return null;
  return (
    <nav class="pager" aria-label="翻页">
      <ul>
        <Step name="最新" url={pager.newestUrl} />
        <Step name="较新" url={pager.newerUrl} rel="prev" />
        <li>
          <span class="pager-current" aria-current="page">
            {pager.number === undefined ? '最新一页' : `第 ${pager.number} 页`}
          </span>
        </li>
        <Step name="较早" url={pager.olderUrl} rel="next" />
        <Step name="最早" url={pager.oldestUrl} />
      </ul>
      {pager.number !== undefined && <p class="pager-note">页码从最早的一页数起，网址长期有效。</p>}
    </nav>
  );
}

function Step({ name, url, rel }: { name: string; url: string | undefined; rel?: string }) {
  return (
    <li>
      {url === undefined ? (
        <span class="pager-off">{name}</span>
      ) : (
        <a href={url} rel={rel}>
          {name}
        </a>
      )}
    </li>
  );
}
