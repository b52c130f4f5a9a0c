import type { UseMutationResult } from '@tanstack/react-query';
import { Button } from 'antd';

import type { SubscriptionItem } from '../../../contracts/following.ts';
import { agoText } from '../../lib/time.ts';
import { retryText } from './subscription-words.ts';

interface Props {
  readonly items: readonly SubscriptionItem[];
  /** Whether anything is tried by itself now. */
  readonly isActive: boolean;
  /** Null where nothing can be tried again. */
  readonly retry: UseMutationResult<unknown, unknown, string | null> | null;
}

export function ItemTable({ items, isActive, retry }: Props) {
  const now = new Date();
  return (
    <table className="list-table">
      <caption className="visually-hidden">逐条结果</caption>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">对方索取号</th>
          <th scope="col">时间</th>
          {retry === null ? null : <th scope="col">操作</th>}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.sourceId}>
            <td data-label="标题" className="cell-title">
              {item.url === null ? (
                item.title
              ) : (
                <a href={item.url} target="_blank" rel="noreferrer">
                  {item.title}
                </a>
              )}
              {item.problem === null ? null : <p className="hint">{item.problem.message}</p>}
              {item.setAside === null ? null : (
                <p className="hint">{isActive ? retryText(item.setAside, now) : '订阅恢复同步后再试'}</p>
              )}
            </td>
            <td data-label="对方索取号">{item.indexNumber ?? '—'}</td>
            <td data-label="时间" className="cell-time">
              {agoText(item.updatedAt, now)}
            </td>
            {retry === null ? null : (
              <td data-label="操作">
                <Button
                  size="small"
                  aria-label={`重试 ${item.title}`}
                  loading={retry.isPending && retry.variables === item.sourceId}
                  onClick={() => {
                    retry.mutate(item.sourceId);
                  }}
                >
                  重试
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
