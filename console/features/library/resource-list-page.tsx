import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';

import { identityApi } from '../../../contracts/identity.ts';
import {
  libraryApi,
  mostUnindexed,
  type ResourceSummary,
  type ResourceType,
} from '../../../contracts/library.ts';
import { addressOf } from '../../lib/client.ts';
import { pagesFor, queryFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useTypes } from '../../lib/use-types.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { Page } from '../../ui/page.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { countText, filterQuery, isFiltered, listQuery, type ListState } from './list-state.ts';
import { NewResourceDialog } from './new-resource-dialog.tsx';
import { ResourceFilters } from './resource-filters.tsx';
import { SavedViews } from './saved-views.tsx';

interface Props {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onCreated: (id: string) => void;
  /** What may be done with the chosen ones; it belongs to another feature, and app/ hands it in. */
  readonly bulk: (chosen: readonly string[], onDone: () => void) => ReactNode;
}

export function ResourceListPage({ state, onChange, onCreated, bulk }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const [creating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const units = useQuery({ ...queryFor(client, identityApi.listUnits, {}), staleTime: 300_000 });
  const types = useTypes();
  const list = useInfiniteQuery(pagesFor(client, libraryApi.listResources, { query: listQuery(state) }));
  const mayWrite = roles.includes('editor');
  const mayChoose = roles.some((role) => choosers.has(role));
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
    <Page
      title="信息资源"
      actions={
        <div className="row">
          <Link to="/resources/reuses">信息引用</Link>
          <Link to="/resources/alike">相近信息</Link>
          <Link to="/resources/proposals">文件关系建议</Link>
          {mayWrite ? create : null}
        </div>
      }
    >
      <SavedViews state={state} onChange={onChange} />
      <ResourceFilters state={state} units={units.data ?? []} types={types} onChange={onChange} />
      <div className="library-grid">
        <FacetPanel state={state} onChange={onChange} />
        <div className="library-list">
          <Loaded query={list} rows={10}>
            {({ pages }) => {
              const items = pages.flatMap((page) => page.items);
              const notice = <UnindexedNotice number={pages[0]?.unindexed} />;
              if (items.length === 0) {
                return (
                  <>
                    {notice}
                    <Nothing
                      filtered={isFiltered(state)}
                      onClear={() => {
                        onChange({});
                      }}
                      create={mayWrite ? create : undefined}
                    />
                  </>
                );
              }
              const count = pages[0]?.count ?? { value: items.length, capped: false };
              return (
                <>
                  {notice}
                  <div className="row list-count">
                    <p className="hint" role="status">
                      共 {countText(count)} 条，已显示 {items.length} 条
                    </p>
                    <a href={addressOf(libraryApi.downloadList.path, { query: filterQuery(state) })} download>
                      导出表格
                    </a>
                    {roles.includes('operator') ? (
                      <Link to="/exports" search={compact({ unitId: state.unitId, type: state.type })}>
                        导出数据包
                      </Link>
                    ) : null}
                  </div>
                  {mayChoose
                    ? bulk([...chosen], () => {
                        setChosen(new Set());
                      })
                    : null}
                  <ResourceTable
                    items={items}
                    types={types}
                    state={state}
                    onChange={onChange}
                    {...(mayChoose ? { choice: { chosen, onChoose: setChosen } } : {})}
                  />
                  <LoadMore query={list} />
                </>
              );
            }}
          </Loaded>
        </div>
      </div>
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

/** After an upgrade or a large import texts are put into the index in the background. */
function UnindexedNotice({ number = 0 }: { readonly number?: number | undefined }) {
  if (number === 0) return null;
  const count = number.toLocaleString('zh-CN');
  const many = number < mostUnindexed ? `还有约 ${count} 条` : `还有 ${count} 条以上的`;
  return (
    <Alert
      type="info"
      showIcon
      title={`全文索引正在后台建立，${many}信息暂时查不到，按标题也查不到；急用时可以改为“仅标题和编号”查找。`}
    />
  );
}

/** Who may do something with many at once. */
const choosers: ReadonlySet<string> = new Set(['editor', 'reviewer', 'principal']);

interface NothingProps {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly create: ReactNode;
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
  readonly choice?: {
    readonly chosen: ReadonlySet<string>;
    readonly onChoose: (chosen: ReadonlySet<string>) => void;
  };
}

function ResourceTable({ items, types, state, onChange, choice }: TableProps) {
  const names = new Map(types.map((type) => [type.key, type.name]));
  // One type alone is listed with what it has; of several, nothing is common but what all have.
  const columns = types.find(({ key }) => key === state.type)?.fields.filter((field) => field.inList) ?? [];
  const isAll = choice !== undefined && items.every(({ id }) => choice.chosen.has(id));
  const choose = (ids: readonly string[], wanted: boolean): void => {
    const next = new Set(choice?.chosen);
    for (const id of ids) {
      if (wanted) next.add(id);
      else next.delete(id);
    }
    choice?.onChoose(next);
  };
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
          {choice === undefined ? null : (
            <th scope="col" className="cell-choice">
              <input
                type="checkbox"
                aria-label="选择显示的全部信息"
                checked={isAll}
                onChange={(event) => {
                  choose(
                    items.map(({ id }) => id),
                    event.target.checked,
                  );
                }}
              />
            </th>
          )}
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
            {choice === undefined ? null : (
              <td className="cell-choice">
                <input
                  type="checkbox"
                  aria-label={`选择“${item.title}”`}
                  checked={choice.chosen.has(item.id)}
                  onChange={(event) => {
                    choose([item.id], event.target.checked);
                  }}
                />
              </td>
            )}
            <TitleCell item={item} />
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

/** With the words that were looked for, where there are any. */
function TitleCell({ item: { id, title, indexNumber, found } }: { readonly item: ResourceSummary }) {
  return (
    <td data-label="标题" className="cell-title">
      <Link to="/resources/$id" params={{ id }}>
        {found?.title.length ? <MarkedText segments={found.title} /> : title || '（无标题）'}
      </Link>
      {found?.excerpt.length ? (
        <p className="list-excerpt">
          <MarkedText segments={found.excerpt} />
        </p>
      ) : null}
      {indexNumber === null ? null : <span className="hint">索取号 {indexNumber}</span>}
    </td>
  );
}
