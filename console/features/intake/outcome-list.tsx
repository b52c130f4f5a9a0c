import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, Table } from 'antd';
import { useState } from 'react';

import {
  type Import,
  type ImportPass,
  intakeApi,
  type Outcome,
  outcomeNames,
  type OutcomeResult,
} from '../../../contracts/intake.ts';
import { addressOf } from '../../lib/client.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ProblemList } from './preview-list.tsx';

type Shown = 'all' | 'troubled' | OutcomeResult;

const names: Readonly<Record<ImportPass, Readonly<Record<OutcomeResult, string>>>> = {
  check: outcomeNames,
  run: { good: '已导入', known: '已存在', refused: '未导入' },
};

/** What became of single records, and the whole report to take away. */
export function OutcomeList({ item, pass }: { readonly item: Import; readonly pass: ImportPass }) {
  const client = useClient();
  const [shown, setShown] = useState<Shown>(pass === 'check' ? 'troubled' : 'all');
  const query = {
    pass,
    ...(shown === 'troubled' ? { troubled: true } : shown === 'all' ? {} : { result: shown }),
  };
  const options = pagesFor(client, intakeApi.listOutcomes, { params: { id: item.id }, query });
  const list = useInfiniteQuery({ ...options, queryKey: [...options.queryKey, item.version] });
  const address = (form: 'csv' | 'xlsx'): string =>
    addressOf(intakeApi.downloadReport.path, { params: { id: item.id }, query: { pass, form } });
  const choices: readonly { value: Shown; label: string }[] = [
    ...(pass === 'run' ? [{ value: 'all' as const, label: '全部' }] : []),
    { value: 'troubled', label: '有问题或提醒' },
    { value: 'refused', label: names[pass].refused },
    { value: 'known', label: names[pass].known },
  ];
  return (
    <div className="stack">
      <div className="row">
        <Segmented<Shown>
          aria-label="显示哪些结果"
          value={shown}
          options={[...choices]}
          onChange={setShown}
        />
        <span className="grow" />
        <a href={address('xlsx')} download>
          下载报告（Excel）
        </a>
        <a href={address('csv')} download>
          下载报告（CSV）
        </a>
      </div>
      <Loaded query={list} rows={4}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <EmptyState title="没有这样的条目" />;
          return (
            <>
              <Table<Outcome>
                size="small"
                rowKey="ordinal"
                dataSource={rows}
                pagination={false}
                scroll={{ x: 'max-content' }}
                columns={[
                  { title: '位置', dataIndex: 'place', className: 'outcome-place' },
                  {
                    title: '标题',
                    key: 'title',
                    className: 'outcome-title',
                    render: (_, row) => <TitleOf row={row} />,
                  },
                  {
                    title: '结果',
                    key: 'result',
                    render: (_, { result }) => (
                      <span className={`stage outcome-${result}`}>{names[pass][result]}</span>
                    ),
                  },
                  {
                    title: '问题和提醒',
                    key: 'problems',
                    className: 'outcome-problems',
                    render: (_, { problems }) =>
                      problems.length === 0 ? null : <ProblemList problems={problems} />,
                  },
                ]}
              />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function TitleOf({ row }: { readonly row: Outcome }) {
  const title = row.title === '' ? '（没有标题）' : row.title;
  if (row.resourceId === null) return <>{title}</>;
  return (
    <Link to="/resources/$id" params={{ id: row.resourceId }}>
      {title}
    </Link>
  );
}
