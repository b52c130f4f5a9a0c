import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type ReusableResource, sitesApi } from '../../../contracts/sites.ts';
import { pagesFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { useTypes } from '../../lib/use-types.ts';
import { ChoiceFilter, FilterForm, WordsFilter } from '../../ui/filters.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { ReuseState } from './reuse-state.ts';

interface Props {
  readonly state: ReuseState;
  readonly mayReuse: boolean;
  readonly onChange: (state: ReuseState) => void;
}

/** Published resources of other units, to be chosen for a column of the own. */
export function ReusableList({ state, mayReuse, onChange }: Props) {
  const client = useClient();
  const types = useTypes();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const query = compact({ q: state.q, type: state.type });
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listReusable, { query }));
  const change = (part: { readonly [K in keyof ReuseState]?: ReuseState[K] | undefined }): void => {
    onChange(compact<ReuseState>({ ...state, ...part }));
  };
  const choose = (id: string, wanted: boolean): void => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const names = new Map(types.map(({ key, name }) => [key, name]));
  return (
    <>
      <FilterForm label="筛选可引用的信息">
        <WordsFilter
          label="标题或文号"
          words={state.q ?? ''}
          onChange={(q) => {
            change({ q: q === '' ? undefined : q });
          }}
        />
        <ChoiceFilter
          label="类型"
          value={state.type}
          options={types
            .filter(({ key }) => key !== 'home' && key !== 'topic')
            .map(({ key, name }) => ({ value: key, label: name }))}
          searchable
          onChange={(chosen) => {
            change({ type: chosen });
          }}
        />
      </FilterForm>
      {mayReuse ? (
        <BulkBar
          resourceIds={[...chosen]}
          kinds={['reuse']}
          onDone={() => {
            setChosen(new Set());
          }}
        />
      ) : null}
      <Loaded query={list} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState
                title="没有找到可以引用的信息"
                hint="只列出本账号管辖以外的单位主动公开、群众现在能打开的信息；管辖全部单位的账号这里没有内容。"
              />
            );
          }
          return (
            <>
              <ul className="card-list">
                {items.map((item) => (
                  <ReusableRow
                    key={item.id}
                    item={item}
                    typeName={names.get(item.type) ?? ''}
                    {...(mayReuse ? { isChosen: chosen.has(item.id), onChoose: choose } : {})}
                  />
                ))}
              </ul>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

interface RowProps {
  readonly item: ReusableResource;
  readonly typeName: string;
  readonly isChosen?: boolean;
  readonly onChoose?: (id: string, wanted: boolean) => void;
}

function ReusableRow({ item, typeName, isChosen = false, onChoose }: RowProps) {
  return (
    <li>
      <div className="choice-line">
        {onChoose === undefined ? null : (
          <input
            type="checkbox"
            aria-label={`选择“${item.title}”`}
            checked={isChosen}
            onChange={(event) => {
              onChoose(item.id, event.target.checked);
            }}
          />
        )}
        <div>
          <a href={item.url} target="_blank" rel="noreferrer" className="row-title">
            {item.title}
          </a>
          <p className="hint">
            {item.unitName} · {typeName} · {minuteText(item.firstPublishedAt)}
            {item.documentNumber === null ? '' : ` · ${item.documentNumber}`}
          </p>
        </div>
      </div>
    </li>
  );
}
