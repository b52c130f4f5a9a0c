import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Grid, Select, Table } from 'antd';
import { useState } from 'react';

import { type Column, columnKindNames, ruleText, type Site, sitesApi } from '../../../contracts/sites.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ColumnDetail } from './column-detail.tsx';
import { ColumnForm } from './column-form.tsx';
import { type ColumnNode, columnTree } from './column-tree.ts';

interface Props {
  readonly siteId: string | undefined;
  readonly columnId: string | undefined;
  readonly onChange: (address: { site?: string; column?: string }) => void;
}

export function ColumnsPage({ siteId, columnId, onChange }: Props) {
  const client = useClient();
  const sites = useQuery({ ...queryFor(client, sitesApi.listSites, {}), staleTime: 60_000 });
  return (
    <Page title="栏目" wide>
      <Loaded query={sites}>
        {(list) => {
          const site =
            list.find(({ id }) => id === siteId) ?? list.find(({ isPortal }) => isPortal) ?? list[0];
          if (site === undefined)
            return <EmptyState title="没有您可以看到的站点" hint="站点由运维人员开设。" />;
          return (
            <SiteColumns
              key={site.id}
              site={site}
              sites={list}
              columnId={columnId}
              chosen={siteId !== undefined}
              onChange={onChange}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}

interface SiteColumnsProps {
  readonly site: Site;
  readonly sites: readonly Site[];
  readonly columnId: string | undefined;
  /** Whether the address names the site, or only a column somewhere. */
  readonly chosen: boolean;
  readonly onChange: Props['onChange'];
}

function SiteColumns({ site, sites, columnId, chosen, onChange }: SiteColumnsProps) {
  const client = useClient();
  const { roles } = useSession();
  const isWide = Grid.useBreakpoint().xl === true;
  const [adding, setAdding] = useState(false);
  const query = chosen || columnId === undefined ? { siteId: site.id } : {};
  const columns = useQuery(queryFor(client, sitesApi.listColumns, { query }));
  const mayConfigure = roles.includes('operator');
  const choose = (column: string | null): void => {
    onChange(column === null ? { site: site.id } : { site: site.id, column });
  };
  return (
    <>
      <div className="filters">
        <label>
          站点
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={site.id}
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
            popupMatchSelectWidth={false}
            onChange={(id) => {
              onChange({ site: id });
            }}
          />
        </label>
        {mayConfigure ? (
          <Button
            icon={<Icon of={PlusOutlined} />}
            onClick={() => {
              setAdding(true);
            }}
          >
            新增栏目
          </Button>
        ) : null}
      </div>
      <Loaded query={columns} rows={10}>
        {(list) => {
          const current = list.find(({ id }) => id === columnId);
          const own = list.filter((column) => column.siteId === (current?.siteId ?? site.id));
          const detail =
            current === undefined ? null : (
              <ColumnDetail key={current.id} column={current} columns={own} mayConfigure={mayConfigure} />
            );
          return (
            <div className={detail !== null && isWide ? 'split' : undefined}>
              <ColumnTable
                columns={own}
                current={current?.id}
                narrow={detail !== null && isWide}
                onChoose={choose}
              />
              {isWide ? (
                detail
              ) : (
                <Drawer
                  open={detail !== null}
                  size="100%"
                  title={current?.name}
                  onClose={() => {
                    choose(null);
                  }}
                  destroyOnHidden
                >
                  {detail}
                </Drawer>
              )}
              <ColumnForm
                open={adding}
                siteId={site.id}
                columns={own}
                onClose={() => {
                  setAdding(false);
                }}
              />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

interface TableProps {
  readonly columns: readonly Column[];
  readonly current: string | undefined;
  readonly narrow: boolean;
  readonly onChoose: (id: string) => void;
}

function ColumnTable({ columns, current, narrow, onChoose }: TableProps) {
  const isPhone = Grid.useBreakpoint().md !== true;
  const name = {
    title: '栏目',
    key: 'name',
    render: (_: unknown, { column }: ColumnNode) => (
      <span className="column-name">
        <button
          type="button"
          className="link-button"
          aria-current={column.id === current ? 'true' : undefined}
          onClick={() => {
            onChoose(column.id);
          }}
        >
          {column.name}
        </button>
        {column.closed ? <span className="badge">已关闭</span> : null}
        {column.overdue ? <span className="badge badge-late">超期未更新</span> : null}
        {column.mappedFrom.length > 0 ? <span className="badge">映射</span> : null}
      </span>
    ),
  };
  const entries = {
    title: '条数',
    key: 'entries',
    align: 'right' as const,
    width: 72,
    render: (_: unknown, { column }: ColumnNode) => column.entries,
  };
  const rest = [
    {
      title: '类别',
      key: 'kind',
      width: 110,
      render: (_: unknown, { column }: ColumnNode) => columnKindNames[column.kind],
    },
    entries,
    {
      title: '更新要求',
      key: 'rule',
      width: 110,
      render: (_: unknown, { column }: ColumnNode) => ruleText(column.updateRule) || '—',
    },
    {
      title: '最近更新',
      key: 'last',
      width: 120,
      render: (_: unknown, { column }: ColumnNode) =>
        column.lastEntryAt === null ? '—' : dayText(column.lastEntryAt),
    },
    { title: '责任单位', key: 'unit', render: (_: unknown, { column }: ColumnNode) => column.unitName },
  ];
  if (columns.length === 0) {
    return <EmptyState title="这个站点还没有栏目" hint="栏目是网站的目录，信息资源上到栏目里才能被看到。" />;
  }
  return (
    <Table<ColumnNode>
      size="middle"
      pagination={false}
      rowKey="key"
      dataSource={[...columnTree(columns)]}
      columns={narrow || isPhone ? [name, entries] : [name, ...rest]}
      expandable={{ defaultExpandAllRows: true }}
      rowClassName={({ key }) => (key === current ? 'row-current' : '')}
    />
  );
}
