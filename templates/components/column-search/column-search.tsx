import type { ColumnSearch as Search } from '../../kind-types.ts';

/** Searches one column (rule D-18): a plain form, so that it works without the script. */
export function ColumnSearch({ search, name }: { readonly search: Search; readonly name: string }) {
  return (
    <form
      class="column-search"
      role="search"
      action={search.action}
      method="get"
      aria-label={`在“${name}”中查找`}
    >
      <div class="search-line">
        <label class="visually-hidden" for="column-q">
          在本栏目中查找
        </label>
        <input id="column-q" name="q" type="search" maxlength={100} placeholder="在本栏目中查找" />
        <button type="submit">查找</button>
      </div>
      <input type="hidden" name="column" value={search.column} />
      {search.policies && (
        <p class="column-search-filters">
          <label for="column-validity">有效性</label>
          <select id="column-validity" name="validity">
            <option value="">全部</option>
            <option value="有效">有效</option>
            <option value="已修改">已修改</option>
            <option value="废止">废止</option>
            <option value="失效">失效</option>
          </select>
          <span>年份、发布机构和信息类别可以在结果里再选</span>
        </p>
      )}
    </form>
  );
}
