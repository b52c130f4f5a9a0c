import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';

import { libraryApi, type ColumnUse, type PageUse, type ResourceUses } from '../../../contracts/library.ts';
import { type Address, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { EndReuse } from './end-reuse.tsx';
import { OfferResource } from './offer-resource.tsx';
import { columnTrail } from './column-tree.ts';

interface Props {
  readonly resourceId: string;
  /** Whether one more column may be chosen now. */
  readonly reusable: boolean;
  /** Whether it may be offered to others. */
  readonly offerable: boolean;
}

/** Where a resource is used: columns, home pages, and every public page that shows something of it. */
export function UsesPanel({ resourceId, reusable, offerable }: Props) {
  const client = useClient();
  const uses = useQuery(queryFor(client, libraryApi.listUses, { params: { id: resourceId } }));
  return (
    <Loaded query={uses} rows={3}>
      {(loaded) => (
        <div className="stack">
          <Columns uses={loaded} />
          {reusable ? (
            <Reuse resourceId={resourceId} taken={loaded.columns.map(({ columnId }) => columnId)} />
          ) : null}
          {offerable ? (
            <OfferResource resourceId={resourceId} taken={loaded.columns.map(({ columnId }) => columnId)} />
          ) : null}
          <Pages uses={loaded} />
        </div>
      )}
    </Loaded>
  );
}

function standingOf({ isMain, isLive, via, reuse }: ColumnUse): string {
  if (reuse !== null) return `${reuse.unitName}引用`;
  if (via !== null) return `由“${via}”映射`;
  if (!isLive) return '发布后显示';
  return isMain ? '主栏目' : '正在显示';
}

function Columns({ uses: { columns, homeOf } }: { readonly uses: ResourceUses }) {
  if (columns.length + homeOf.length === 0) return <p className="hint">还没有用在任何栏目。</p>;
  return (
    <ul className="plain-list use-list">
      {homeOf.map((name) => (
        <li key={name}>
          <span>{name}</span>
          <span className="badge">首页</span>
        </li>
      ))}
      {columns.map((use) => (
        <li key={use.columnId}>
          <span>
            {use.siteName} / {use.columnName}
          </span>
          <span className="row">
            <span className="badge">{standingOf(use)}</span>
            {use.reuse?.endable && (
              <EndReuse reuseId={use.reuse.id} title={`${use.siteName} / ${use.columnName}`} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const pageKinds: Readonly<Record<string, string>> = {
  article: '内容页',
  reused: '引用页',
  home: '首页',
  column: '栏目页',
  list: '栏目往期页',
  feed: '订阅源',
  'site-map': '网站地图',
  sitemap: '搜索引擎地图',
  'sitemap-part': '搜索引擎地图',
  'sitemap-columns': '搜索引擎地图',
};
const nameOf = ({ kind, title }: PageUse): string => {
  const name = pageKinds[kind] ?? '其他页面';
  return title === null ? name : `${name}：${title}`;
};

function Pages({ uses: { pages, count } }: { readonly uses: ResourceUses }) {
  if (pages.length === 0) return <p className="hint">还没有公开页面显示它。</p>;
  return (
    <details>
      <summary>
        {count.capped ? `${String(count.value)} 个以上` : `${String(count.value)} 个`}公开页面显示它
      </summary>
      <ul className="plain-list use-pages">
        {pages.map((page) => (
          <li key={page.url}>
            <a href={page.url} target="_blank" rel="noreferrer">
              {nameOf(page)}
            </a>
            <span className="hint">{page.siteName}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface ReuseProps {
  readonly resourceId: string;
  readonly taken: readonly string[];
}

/** One more column, by reference, in one step. */
function Reuse({ resourceId, taken }: ReuseProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useQuery({
    ...queryFor(client, sitesApi.listColumns, { query: { writable: true } }),
    staleTime: 60_000,
  });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const reuse = useAct<string, Address>({
    act: (columnId) =>
      client.call(sitesApi.reuseResource, { params: { id: resourceId }, body: { columnId } }),
    done: '已用到这个栏目，内容仍是同一份',
    onDone: () => {
      setChosen(null);
      return forget(queries, libraryApi.listUses, sitesApi.getPlacements);
    },
  });
  const all = columns.data ?? [];
  const siteName = (id: string): string => sites.data?.find((site) => site.id === id)?.shortName ?? '';
  const options = all
    .filter((column) => column.writable && !column.closed && !taken.includes(column.id))
    .map((column) => ({
      value: column.id,
      label: `${siteName(column.siteId)} ${columnTrail(all, column)}`.trim(),
    }));
  return (
    <div className="row">
      <Select
        aria-label="再用到的栏目"
        className="row-wide"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="再用到一个栏目"
        value={chosen}
        options={options}
        popupMatchSelectWidth={false}
        onChange={setChosen}
      />
      <Button
        disabled={chosen === null}
        loading={reuse.isPending}
        onClick={() => {
          if (chosen !== null) reuse.mutate(chosen);
        }}
      >
        用到这里
      </Button>
    </div>
  );
}
