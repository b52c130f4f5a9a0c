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

const everyMilliseconds = 5_000;

/** The platforms that this one follows. */
export function SubscriptionsPage() {
  const client = useClient();
  const { roles } = useSession();
  const list = useQuery({
    ...queryFor(client, followingApi.listSubscriptions, {}),
    refetchInterval: everyMilliseconds,
  });
  const [isAdding, setAdding] = useState(false);
  const [watched, setWatched] = useState<Subscription | null>(null);
  const mayKeep = roles.includes('operator');
  const add = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        setAdding(true);
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
            <SubscriptionTable subscriptions={subscriptions} mayKeep={mayKeep} onItems={setWatched} />
          )
        }
      </Loaded>
      <SubscriptionForm
        open={isAdding}
        onClose={() => {
          setAdding(false);
        }}
      />
      <ItemsDrawer
        subscription={watched}
        onClose={() => {
          setWatched(null);
        }}
      />
    </Page>
  );
}
