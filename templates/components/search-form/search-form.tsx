import type { Path } from '../../page-types.ts';
import type { ColumnChoice, SearchQuery } from '../../search-types.ts';

export interface SearchFormProps {
  readonly query: SearchQuery;
  readonly action: Path;
  readonly years: readonly number[];
  readonly choices?: readonly ColumnChoice[] | undefined;
}

/** A plain GET form: works without the script, and its address can be passed on. */
export function SearchForm({ query, action, years, choices }: SearchFormProps) {
  const inColumn = query.column !== undefined;
  return (
    <form class="search-form" role="search" action={action} method="get" aria-label="搜索条件">
      <div class="search-line">
        <label class="visually-hidden" for="search-q">
          搜索内容
        </label>
        <input id="search-q" name="q" type="search" maxlength={100} value={query.q} required={!inColumn} />
        <button type="submit">搜索</button>
      </div>
      <div class="search-filters">
        {inColumn ? (
          <>
            <p>只在本栏目中查找；不填文字就按条件列出全部。</p>
            <input type="hidden" name="column" value={query.column} />
            {choices?.map((choice) => (
              <ChoiceField choice={choice} query={query} />
            ))}
          </>
        ) : (
          <fieldset>
            <legend>范围</legend>
            <ScopeChoice value="site" name="本站" query={query} />
            <ScopeChoice value="all" name="全区各网站" query={query} />
          </fieldset>
        )}
        {!inColumn && years.length > 0 && (
          <p>
            <label for="search-year">年份</label>
            <select id="search-year" name="year">
              <option value="">全部</option>
              {years.map((year) => (
                <option value={year} selected={year === query.year}>
                  {year} 年
                </option>
              ))}
            </select>
          </p>
        )}
        {query.kind !== undefined && query.kind !== '' && (
          <input type="hidden" name="kind" value={query.kind} />
        )}
      </div>
    </form>
  );
}

function ScopeChoice({
  value,
  name,
  query,
}: {
  value: SearchQuery['scope'];
  name: string;
  query: SearchQuery;
}) {
  return (
    <label class="choice">
      <input type="radio" name="scope" value={value} checked={query.scope === value} />
      {name}
    </label>
  );
}

function ChoiceField({ choice, query }: { choice: ColumnChoice; query: SearchQuery }) {
  const chosen = String(query[choice.field] ?? '');
  const known = choice.options.some((option) => option.value === chosen);
  return (
    <p>
      <label for={`search-${choice.field}`}>{choice.name}</label>
      <select id={`search-${choice.field}`} name={choice.field}>
        <option value="">全部</option>
        {/* What was chosen stays chosen although nothing was found with it. */}
        {chosen !== '' && !known && (
          <option value={chosen} selected>
            {chosen}
          </option>
        )}
        {choice.options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.name}（{option.count}）
          </option>
        ))}
      </select>
    </p>
  );
}
