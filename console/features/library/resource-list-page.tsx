import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import { libraryApi, type ResourceSummary, type ResourceType } from '../../../contracts/library.ts';
import { pagesFor, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { countText, isFiltered, listQuery, type ListState } from './list-state.ts';
import { NewResourceDialog } from './new-resource-dialog.tsx';
import { ResourceFilters } from './resource-filters.tsx';
import { useTypes } from './use-types.ts';

interface Props {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onCreated: (id: string) => void;
}

export function ResourceListPage({ state, onChange, onCreated }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const [creating, setCreating] = useState(false);
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const types = useTypes();
  const list = useInfiniteQuery(pagesFor(client, libraryApi.listResources, { query: listQuery(state) }));
  const mayWrite = roles.includes('editor');
  const create = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        setCreating(true);
      }}
    >
      新建
    </Button>
  );
  return (
    <Page title="信息资源" actions={mayWrite ? create : undefined}>
      <ResourceFilters state={state} units={units.data ?? []} types={types} onChange={onChange} />
      <Loaded query={list} rows={10}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Nothing
                filtered={isFiltered(state)}
                onClear={() => {
                  onChange({});
                }}
                create={mayWrite ? create : undefined}
              />
            );
          }
          const count = pages[0]?.count ?? { value: items.length, capped: false };
          return (
            <>
              <p className="hint" role="status">
                共 {countText(count)} 条，已显示 {items.length} 条
              </p>
              <ResourceTable items={items} types={types} state={state} onChange={onChange} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
      <NewResourceDialog
        open={creating}
        units={units.data ?? []}
        onClose={() => {
          setCreating(false);
        }}
        onCreated={onCreated}
      />
    </Page>
  );
}

interface NothingProps {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly create: React.ReactNode;
}

function Nothing({ filtered, onClear, create }: NothingProps) {
  if (filtered) {
    return (
      <EmptyState
        title="没有符合条件的信息资源"
        hint="可以放宽条件再找：去掉状态或日期，或换一个词。"
        action={<Button onClick={onClear}>清除全部条件</Button>}
      />
    );
  }
  return (
    <EmptyState
      title="还没有信息资源"
      hint="网站上的每一篇内容都先在这里起草、经三审签发入库，再显示到各个栏目。"
      action={create}
    />
  );
}

interface TableProps {
  readonly items: readonly ResourceSummary[];
  readonly types: readonly ResourceType[];
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
}

function ResourceTable({ items, types, state, onChange }: TableProps) {
  const names = new Map(types.map((type) => [type.key, type.name]));
  // One type alone is listed with what it has; of several, nothing is common but what all have.
  const columns = types.find(({ key }) => key === state.type)?.fields.filter((field) => field.inList) ?? [];
  const sort = state.sort ?? 'updated';
  const order = state.order ?? 'desc';
  const heading = (key: 'updated' | 'published', name: string) => (
    <th scope="col" aria-sort={sort === key ? (order === 'desc' ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className="sort-button"
        onClick={() => {
          onChange({ ...state, sort: key, order: sort === key && order === 'desc' ? 'asc' : 'desc' });
        }}
      >
        {name}
        <span aria-hidden="true">{sort === key ? (order === 'desc' ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>
  );
  return (
    <table className="list-table list-compact">
      <caption className="visually-hidden">信息资源</caption>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">状态</th>
          {columns.length > 0 ? (
            columns.map((field) => (
              <th scope="col" key={field.key}>
                {field.name}
              </th>
            ))
          ) : (
            <th scope="col">类型</th>
          )}
          <th scope="col">单位</th>
          {heading('published', '首次发布')}
          {heading('updated', '最近修改')}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td data-label="标题" className="cell-title">
              <Link to="/resources/$id" params={{ id: item.id }}>
                {item.title === '' ? '（无标题）' : item.title}
              </Link>
              {item.indexNumber === null ? null : <span className="hint">索取号 {item.indexNumber}</span>}
            </td>
            <td data-label="状态" className="cell-word">
              <StageTag stage={item.stage} />
              {item.hasLiveRevision && item.stage !== 'live' ? (
                <span className="hint">线上有版本</span>
              ) : null}
            </td>
            {columns.length > 0 ? (
              columns.map(({ key, name }) => (
                <td key={key} data-label={name}>
                  {item.listed?.find((one) => one.key === key)?.value || '—'}
                </td>
              ))
            ) : (
              <td data-label="类型" className="cell-word">
                {names.get(item.type) ?? ''}
              </td>
            )}
            <td data-label="单位" className="cell-unit">
              {item.unitName}
            </td>
            <td data-label="首次发布" className="cell-time cell-first">
              {item.firstPublishedAt === null ? '—' : minuteText(item.firstPublishedAt)}
            </td>
            <td data-label="最近修改" className="cell-time">
              {minuteText(item.updatedAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
