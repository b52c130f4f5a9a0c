import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';

import { type Column, columnKindNames, ruleText, sitesApi } from '../../../contracts/sites.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';
import { ColumnForm } from './column-form.tsx';
import { columnTrail } from './column-tree.ts';
import { ColumnWays } from './column-ways.tsx';
import { ListingTable } from './listing-table.tsx';

interface Props {
  readonly column: Column;
  readonly columns: readonly Column[];
  readonly mayConfigure: boolean;
}

/** What a column is, what stands in it, and for operators how it is set up. */
export function ColumnDetail({ column, columns, mayConfigure }: Props) {
  const [editing, setEditing] = useState(false);
  return (
    <div className="detail">
      <div className="detail-header">
        <h2>{columnTrail(columns, column)}</h2>
        {mayConfigure ? (
          <Space>
            <Button
              onClick={() => {
                setEditing(true);
              }}
            >
              修改
            </Button>
            <CloseColumn column={column} />
          </Space>
        ) : null}
      </div>
      {column.overdue ? (
        <p className="problem">
          按要求{ruleText(column.updateRule)}，
          {column.lastEntryAt === null ? '至今没有内容' : `上次更新是 ${minuteText(column.lastEntryAt)}`}
          。请责任单位尽快更新。
        </p>
      ) : null}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'kind', label: '类别', children: columnKindNames[column.kind] },
          { key: 'path', label: '路径', children: column.path },
          { key: 'unit', label: '责任单位', children: column.unitName },
          {
            key: 'rule',
            label: '更新要求',
            children: ruleText(column.updateRule) || '没有规定',
          },
          ...(column.reprintSources.length === 0
            ? []
            : [{ key: 'sources', label: '转载来源', children: column.reprintSources.join('、') }]),
          ...(column.correctionRequired
            ? [{ key: 'corrections', label: '更正留痕', children: '修改已公开的信息必须写更正说明' }]
            : []),
          { key: 'description', label: '说明', children: column.description },
          { key: 'keywords', label: '关键词', children: column.keywords },
        ]}
      />
      <Mappings key={column.version} column={column} mayConfigure={mayConfigure} />
      <ColumnWays column={column} mayConfigure={mayConfigure} />
      <h3>栏目里的信息</h3>
      <ListingTable column={column} editable={column.writable || mayConfigure} />
      <ColumnForm
        open={editing}
        siteId={column.siteId}
        columns={columns}
        column={column}
        onClose={() => {
          setEditing(false);
        }}
      />
    </div>
  );
}

function CloseColumn({ column }: { readonly column: Column }) {
  const client = useClient();
  const queries = useQueryClient();
  const change = useAct<boolean, Column>({
    act: (closed) =>
      client.call(sitesApi.changeColumn, {
        params: { id: column.id },
        body: { expectedVersion: column.version, closed },
      }),
    done: column.closed ? '栏目已重新开放' : '栏目已关闭',
    onDone: () => forget(queries, sitesApi.listColumns),
  });
  if (column.closed) {
    return (
      <Button
        loading={change.isPending}
        onClick={() => {
          change.mutate(false);
        }}
      >
        重新开放
      </Button>
    );
  }
  return (
    <Popconfirm
      title="关闭这个栏目？"
      description="网站上不再显示它，已有内容保留，可以重新开放。"
      okText="关闭栏目"
      onConfirm={() => {
        change.mutate(true);
      }}
    >
      <Button danger loading={change.isPending}>
        关闭
      </Button>
    </Popconfirm>
  );
}

function Mappings({ column, mayConfigure }: { readonly column: Column; readonly mayConfigure: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(column.mappedFrom);
  const all = useQuery({ ...queryFor(client, sitesApi.listColumns, { query: {} }), staleTime: 60_000 });
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  const save = useAct<readonly string[], Column>({
    act: (sourceColumnIds) =>
      client.call(sitesApi.setMappings, {
        params: { id: column.id },
        body: { sourceColumnIds: [...sourceColumnIds] },
      }),
    done: '映射已设置',
    onDone: () => forget(queries, sitesApi.listColumns, sitesApi.listListings),
  });
  const columns = all.data ?? [];
  const nameOf = (one: Column): string => {
    const site = sites.data?.find(({ id }) => id === one.siteId)?.shortName ?? '';
    return `${site} ${columnTrail(columns, one)}`.trim();
  };
  if (!mayConfigure) {
    if (column.mappedFrom.length === 0) return null;
    const names = columns.filter(({ id }) => column.mappedFrom.includes(id)).map(nameOf);
    return <p className="hint">同时显示这些栏目的信息：{names.join('、')}</p>;
  }
  return (
    <div className="stack mappings">
      <label htmlFor="column-mappings">映射：同时显示这些栏目的信息</label>
      <div className="row">
        <Select
          id="column-mappings"
          mode="multiple"
          className="grow"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="没有映射"
          value={[...chosen]}
          options={columns
            .filter(({ id }) => id !== column.id)
            .map((one) => ({ value: one.id, label: nameOf(one) }))}
          onChange={(ids: string[]) => {
            setChosen(ids);
          }}
        />
        {chosen.join() === column.mappedFrom.join() ? null : (
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => {
              save.mutate(chosen);
            }}
          >
            保存映射
          </Button>
        )}
      </div>
    </div>
  );
}
