import { SEARCH_PATH, SITE_MAP_PATH } from '../../addresses.ts';
import type { Link } from '../../page-types.ts';

export interface HelpLinksProps {
  readonly links?: readonly Link[] | undefined;
  /** Of the site, for whoever knows what it would belong to. */
  readonly columns?: readonly Link[] | undefined;
}

/** Where to go from a page that has nothing to show. */
export function HelpLinks({ links, columns = [] }: HelpLinksProps) {
  return (
    <section class="help" aria-labelledby="help">
      <h2 id="help">您可以</h2>
      <form
        class="search-line"
        role="search"
        action={SEARCH_PATH}
        method="get"
        aria-label="在全区各网站中搜索"
      >
        <label class="visually-hidden" for="help-q">
          搜索内容
        </label>
        <input
          id="help-q"
          name="q"
          type="search"
          maxlength={100}
          placeholder="输入标题、文号或关键词"
          required
        />
        <input type="hidden" name="scope" value="all" />
        <button type="submit">搜索</button>
      </form>
      <ul>
        <ColumnLinks columns={columns} />
        {links?.map((link) => (
          <li>
            前往<a href={link.url}>{link.name}</a>
          </li>
        ))}
        <li>
          返回<a href="/">网站首页</a>
        </li>
        <li>
          查看<a href={SITE_MAP_PATH}>站点地图</a>
        </li>
      </ul>
    </section>
  );
}

function ColumnLinks({ columns }: { readonly columns: readonly Link[] }) {
  if (columns.length === 0) return null;
  return (
    <li class="help-columns">
      从栏目找起：
      {columns.map((column) => (
        <a href={column.url}>{column.name}</a>
      ))}
    </li>
  );
}
