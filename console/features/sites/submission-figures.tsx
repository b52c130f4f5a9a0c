import { useQuery } from '@tanstack/react-query';
import { Input, Table } from 'antd';
import { useState } from 'react';

import { type SubmissionFigure, sitesApi } from '../../../contracts/sites.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { FilterForm } from '../../ui/filters.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';

/** `2026-11`, so many months before now. */
function monthBefore(months: number): string {
  const [year = 0, month = 0] = dayText(new Date()).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7);
}

const rateOf = ({ adopted, offered }: SubmissionFigure): string =>
  `${Math.round((100 * adopted) / offered)}%`;

/** What units offered by month, and how much of it was adopted. */
export function SubmissionFigures() {
  const client = useClient();
  const [span, setSpan] = useState({ from: monthBefore(11), to: monthBefore(0) });
  const figures = useQuery(queryFor(client, sitesApi.getSubmissionFigures, { query: span }));
  const month = (label: string, key: 'from' | 'to') => (
    <label>
      {label}
      <Input
        type="month"
        value={span[key]}
        onChange={({ target: { value } }) => {
          if (/^20\d\d-\d\d$/.test(value)) setSpan({ ...span, [key]: value });
        }}
      />
    </label>
  );
  return (
    <>
      <FilterForm label="统计的月份">
        {month('从', 'from')}
        {month('到', 'to')}
        <a href={addressOf(sitesApi.downloadSubmissionFigures.path, { query: span })} download>
          导出表格
        </a>
      </FilterForm>
      <Loaded query={figures} rows={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="这几个月没有报送" />
          ) : (
            <Table<SubmissionFigure>
              size="middle"
              pagination={false}
              rowKey={(row) => `${row.month} ${row.unitId}`}
              dataSource={rows}
              scroll={{ x: 'max-content' }}
              columns={[
                { title: '月份', dataIndex: 'month' },
                { title: '单位', dataIndex: 'unitName' },
                { title: '报送', dataIndex: 'offered', align: 'right' },
                { title: '采用', dataIndex: 'adopted', align: 'right' },
                { title: '退回', dataIndex: 'returned', align: 'right' },
                { title: '撤回', dataIndex: 'withdrawn', align: 'right' },
                { title: '待处理', dataIndex: 'waiting', align: 'right' },
                { title: '采用率', key: 'rate', align: 'right', render: (_, row) => rateOf(row) },
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}
