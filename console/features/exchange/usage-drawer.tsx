import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';

import { type AccessKey, exchangeApi } from '../../../contracts/exchange.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { bytesText, operationText } from './key-words.ts';

interface Props {
  readonly accessKey: AccessKey | null;
  readonly onClose: () => void;
}

/** What a key asked for, day by day. */
export function UsageDrawer({ accessKey, onClose }: Props) {
  return (
    <Drawer
      open={accessKey !== null}
      title={`“${accessKey?.name ?? ''}”近 30 天的用量`}
      size="large"
      destroyOnHidden
      onClose={onClose}
    >
      {accessKey === null ? null : <Usage id={accessKey.id} />}
    </Drawer>
  );
}

function Usage({ id }: { readonly id: string }) {
  const client = useClient();
  const usage = useQuery(queryFor(client, exchangeApi.readUsage, { params: { id }, query: { days: 30 } }));
  return (
    <Loaded query={usage}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title="近 30 天没有使用" />
        ) : (
          <table className="list-table">
            <caption className="visually-hidden">每天的用量</caption>
            <thead>
              <tr>
                <th scope="col">日期</th>
                <th scope="col">做什么</th>
                <th scope="col">次数</th>
                <th scope="col">被拒绝</th>
                <th scope="col">流量</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.day} ${row.operation}`}>
                  <td data-label="日期" className="cell-time">
                    {row.day}
                  </td>
                  <td data-label="做什么">{operationText(row.operation)}</td>
                  <td data-label="次数">{row.requests.toLocaleString('zh-CN')}</td>
                  <td data-label="被拒绝">{row.refused.toLocaleString('zh-CN')}</td>
                  <td data-label="流量">{bytesText(row.bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Loaded>
  );
}
