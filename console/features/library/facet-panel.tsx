import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type Facets, type FacetValue, libraryApi } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { filterQuery, type ListState, readListState } from './list-state.ts';

interface Props {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
}

type FacetKey = Exclude<keyof Facets, 'capped'>;

const facets: readonly (readonly [FacetKey, string])[] = [
  ['stage', '状态'],
  ['type', '类型'],
  ['unitId', '单位'],
  ['columnId', '栏目'],
  ['year', '年份'],
  ['validity', '有效性'],
  ['openMode', '公开方式'],
  ['topic', '主题'],
  ['genre', '体裁'],
  ['audience', '服务对象'],
  ['lifeEvent', '生命周期'],
  ['region', '区域'],
  ['issuer', '发文机关'],
];

const wide = '(min-width: 1200px)';
const shownAtFirst = 6;

/** What the listed resources are, as a way to narrow the list. */
export function FacetPanel({ state, onChange }: Props) {
  const client = useClient();
  const [open, setOpen] = useState(() => window.matchMedia(wide).matches);
  const counted = useQuery({
    ...queryFor(client, libraryApi.listFacets, { query: filterQuery(state) }),
    enabled: open,
    placeholderData: (before: Facets | undefined) => before,
  });
  const { data } = counted;
  return (
    <details
      className="facets"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>按分类筛选</summary>
      {data === undefined ? null : (
        <div aria-busy={counted.isPlaceholderData}>
          {data.capped ? <p className="hint">数量只统计列表最前面的几千条，“+”表示不止这些。</p> : null}
          {facets.map(([key, name]) => (
            <Facet
              key={key}
              name={name}
              values={data[key]}
              capped={data.capped}
              chosen={state[key]}
              onChoose={(value) => {
                // Through the reader of addresses, so that nothing becomes a filter that a link could not say.
                onChange(readListState(compact({ ...state, [key]: value })));
              }}
            />
          ))}
        </div>
      )}
    </details>
  );
}

interface FacetProps {
  readonly name: string;
  readonly values: readonly FacetValue[];
  readonly capped: boolean;
  readonly chosen: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

function Facet({ name, values, capped, chosen, onChoose }: FacetProps) {
  const [all, setAll] = useState(false);
  const shown = chosen === undefined ? values : values.filter(({ value }) => value === chosen);
  if (shown.length === 0 && chosen === undefined) return null;
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <ul className="plain-list">
        {shown.slice(0, all ? undefined : shownAtFirst).map(({ value, name: label, number }) => (
          <li key={value}>
            <button
              type="button"
              className="facet-value"
              aria-pressed={chosen === value}
              onClick={() => {
                onChoose(chosen === value ? undefined : value);
              }}
            >
              <span>{label}</span>
              <span className="facet-number">{capped ? `${String(number)}+` : number}</span>
            </button>
          </li>
        ))}
        {shown.length === 0 ? (
          <li>
            <button
              type="button"
              className="facet-value"
              aria-pressed="true"
              onClick={() => {
                onChoose(undefined);
              }}
            >
              <span>所选{name}</span>
              <span className="facet-number">0</span>
            </button>
          </li>
        ) : null}
      </ul>
      {shown.length > shownAtFirst ? (
        <button
          type="button"
          className="plain-button"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? '收起' : `全部 ${String(shown.length)} 个`}
        </button>
      ) : null}
    </section>
  );
}
