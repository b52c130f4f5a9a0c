import { useInfiniteQuery } from '@tanstack/react-query';
import { Drawer, Select } from 'antd';
import { useState } from 'react';

import {
  followingApi,
  itemStateNames,
  itemStates,
  type ItemState,
  type Subscription,
} from '../../../contracts/following.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';

interface Props {
  readonly subscription: Subscription | null;
  readonly onClose: () => void;
}

/** What became of each resource of the other platform. */
export function ItemsDrawer({ subscription, onClose }: Props) {
  return (
    <Drawer
      open={subscription !== null}
      title={`“${subscription?.name ?? ''}”逐条结果`}
      size="large"
      destroyOnHidden
      onClose={onClose}
    >
      {subscription === null ? null : <Items subscription={subscription} />}
    </Drawer>
  );
}

function Items({ subscription }: { readonly subscription: Subscription }) {
  const client = useClient();
  const { counts } = subscription;
  const [state, setState] = useState<ItemState>(counts.refused > 0 ? 'refused' : 'taken');
  const query = { params: { id: subscription.id }, query: { state } };
  const list = useInfiniteQuery(pagesFor(client, followingApi.listItems, query));
  return (
    <>
      <Select
        aria-label="结果"
        value={state}
        style={{ width: 200, marginBottom: 16 }}
        options={itemStates.map((value) => ({
          value,
          label: `${itemStateNames[value]}（${counts[value].toLocaleString('zh-CN')}）`,
        }))}
        onChange={setState}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <EmptyState title={`没有“${itemStateNames[state]}”的信息`} />;
          return (
            <>
              <table className="list-table">
                <caption className="visually-hidden">逐条结果</caption>
                <thead>
                  <tr>
                    <th scope="col">标题</th>
                    <th scope="col">对方索取号</th>
                    <th scope="col">时间</th>
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
                      </td>
                      <td data-label="对方索取号">{item.indexNumber ?? '—'}</td>
                      <td data-label="时间" className="cell-time">
                        {agoText(item.updatedAt, new Date())}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
