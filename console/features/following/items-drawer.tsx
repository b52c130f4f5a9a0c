import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';

import {
  followingApi,
  itemStateNames,
  itemStates,
  type ItemState,
  type Subscription,
} from '../../../contracts/following.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { ItemTable } from './item-table.tsx';
import { firstShown, isDue, itemsText } from './subscription-words.ts';

interface Props {
  readonly subscription: Subscription | null;
  readonly mayKeep: boolean;
  readonly onClose: () => void;
}

/** What became of each resource of the other platform. */
export function ItemsDrawer({ subscription, mayKeep, onClose }: Props) {
  return (
    <Drawer
      open={subscription !== null}
      title={`“${subscription?.name ?? ''}”逐条结果`}
      size="large"
      destroyOnHidden
      onClose={onClose}
    >
      {subscription === null ? null : <Items subscription={subscription} mayKeep={mayKeep} />}
    </Drawer>
  );
}

const retried: ReadonlySet<ItemState> = new Set(['set-aside', 'refused']);

function Items({
  subscription,
  mayKeep,
}: {
  readonly subscription: Subscription;
  readonly mayKeep: boolean;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const { id, counts } = subscription;
  const isActive = subscription.state === 'active';
  const [state, setState] = useState<ItemState>(() => firstShown(subscription));
  const list = useInfiniteQuery({
    ...pagesFor(client, followingApi.listItems, { params: { id }, query: { state } }),
    // What is being tried again is looked at until it is done. Whoever has paged on is not asked for all those pages.
    refetchInterval: ({ state: { data } }) => {
      const [first, ...more] = data?.pages ?? [];
      const isTried = first?.items.some((item) => isDue(item, new Date())) === true;
      return isTried && isActive && more.length === 0 ? 3_000 : false;
    },
  });
  const retry = useAct<string | null>({
    act: (sourceId) => client.call(followingApi.retryItems, { params: { id }, body: { sourceId } }),
    done: '已安排重试，几秒后可看到结果',
    onDone: () => forget(queries, followingApi.listItems, followingApi.listSubscriptions),
  });
  const mayRetry = mayKeep && isActive && retried.has(state);
  return (
    <>
      <div className="row" style={{ marginBottom: 16 }}>
        <Select
          aria-label="结果"
          value={state}
          style={{ width: 220 }}
          options={itemStates.map((value) => ({
            value,
            label: `${itemStateNames[value]}（${itemsText(counts[value])}）`,
          }))}
          onChange={setState}
        />
        {mayRetry && state === 'set-aside' && counts['set-aside'] > 0 ? (
          <Button
            loading={retry.isPending && retry.variables === null}
            onClick={() => {
              retry.mutate(null);
            }}
          >
            全部重试
          </Button>
        ) : null}
      </div>
      {state === 'set-aside' ? (
        <p className="hint">
          这些信息暂时取不到或写不进，不影响后面的信息；系统隔一分钟到六小时自动再试。对方已撤下的，这里随即撤下。
        </p>
      ) : null}
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <EmptyState title={`没有“${itemStateNames[state]}”的信息`} />;
          return (
            <>
              <ItemTable items={items} isActive={isActive} retry={mayRetry ? retry : null} />
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
