import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { followingApi, type Subscription } from '../../../contracts/following.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ItemsDrawer } from './items-drawer.tsx';
import { SubscriptionForm } from './subscription-form.tsx';
import { SubscriptionTable } from './subscription-table.tsx';
import { isUnderWay } from './subscription-words.ts';

const everyMilliseconds = 5_000;
const restingMilliseconds = 30_000;

/** The platforms that this one follows. */
export function SubscriptionsPage() {
  const client = useClient();
  const { roles } = useSession();
  const list = useQuery({
    ...queryFor(client, followingApi.listSubscriptions, {}),
    // Often only while something moves, seldom while something may, and never behind a hidden tab.
    refetchInterval: ({ state }) => {
      if (state.data?.some((one) => isUnderWay(one, new Date())) === true) return everyMilliseconds;
      return state.data?.some((one) => one.state === 'active') === true ? restingMilliseconds : false;
    },
  });
  const [edited, setEdited] = useState<Subscription | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [watchedId, setWatchedId] = useState<string | null>(null);
  const watched = list.data?.find((one) => one.id === watchedId) ?? null;
  const mayKeep = roles.includes('operator');
  const edit = (subscription: Subscription | null): void => {
    setEdited(subscription);
    setEditing(true);
  };
  const add = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        edit(null);
      }}
    >
      新增订阅
    </Button>
  );
  return (
    <Page
      wide
      title="订阅"
      subtitle="从上级或下级平台的数据共享端口接收已公开的信息：直接转载发布，或作为草稿送本单位审核。对方修改、撤下的，这里跟着修改、撤下。"
      actions={mayKeep ? add : undefined}
    >
      <Loaded query={list}>
        {(subscriptions) =>
          subscriptions.length === 0 ? (
            <EmptyState
              title="还没有订阅"
              hint="请对方平台为本平台建一个能读取正文和文件的访问密钥，在这里填写地址和密钥。"
            />
          ) : (
            <SubscriptionTable
              subscriptions={subscriptions}
              mayKeep={mayKeep}
              onItems={({ id }) => {
                setWatchedId(id);
              }}
              onEdit={edit}
            />
          )
        }
      </Loaded>
      <SubscriptionForm
        key={edited?.id}
        open={isEditing}
        subscription={edited}
        onClose={() => {
          setEditing(false);
        }}
      />
      <ItemsDrawer
        subscription={watched}
        mayKeep={mayKeep}
        onClose={() => {
          setWatchedId(null);
        }}
      />
    </Page>
  );
}
