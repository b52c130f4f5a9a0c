import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Tag } from 'antd';

import {
  followingApi,
  followModeNames,
  type Subscription,
  type SubscriptionAct,
  type SubscriptionState,
  subscriptionStateNames,
} from '../../../contracts/following.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { itemsText, leftOutText, standingText } from './subscription-words.ts';

interface Props {
  readonly subscriptions: readonly Subscription[];
  readonly mayKeep: boolean;
  readonly onItems: (subscription: Subscription) => void;
  readonly onEdit: (subscription: Subscription) => void;
}

const colours: Readonly<Record<SubscriptionState, string>> = {
  active: 'success',
  paused: 'warning',
  barred: 'error',
  ended: 'default',
};

const actNames: Readonly<Record<SubscriptionAct, string>> = {
  pause: '暂停',
  resume: '继续',
  resync: '重新同步',
  end: '结束…',
};

export function SubscriptionTable({ subscriptions, mayKeep, onItems, onEdit }: Props) {
  const now = new Date();
  return (
    <table className="list-table">
      <caption className="visually-hidden">订阅</caption>
      <thead>
        <tr>
          <th scope="col">平台</th>
          <th scope="col">接收到</th>
          <th scope="col">状态</th>
          <th scope="col">已同步</th>
          <th scope="col">未接收</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {subscriptions.map((one) => (
          <tr key={one.id}>
            <td data-label="平台" className="cell-title">
              {one.name}
              <p className="hint">
                {one.platform} · {one.address}
              </p>
            </td>
            <td data-label="接收到">
              {one.unitName}
              <p className="hint">{followModeNames[one.mode]}</p>
            </td>
            <td data-label="状态">
              <div>
                <Tag color={colours[one.state]}>{subscriptionStateNames[one.state]}</Tag>
              </div>
              <p className="hint">{standingText(one, now)}</p>
            </td>
            <td data-label="已同步">
              {itemsText(one.counts.taken)}
              <p className="hint">对方共 {one.itemCount.toLocaleString('zh-CN')} 条</p>
            </td>
            <td data-label="未接收">
              {leftOutText(one)}
              {one.counts['set-aside'] === 0 ? null : (
                <p className="hint">其中暂缓 {itemsText(one.counts['set-aside'])} 条</p>
              )}
            </td>
            <td data-label="操作">
              <div className="row" style={{ flexWrap: 'wrap' }}>
                <Button
                  size="small"
                  aria-label={`查看 ${one.name} 的逐条结果`}
                  onClick={() => {
                    onItems(one);
                  }}
                >
                  结果
                </Button>
                {mayKeep && one.state !== 'ended' ? (
                  <Button
                    size="small"
                    aria-label={`${editName(one)} ${one.name}`}
                    onClick={() => {
                      onEdit(one);
                    }}
                  >
                    {editName(one)}
                  </Button>
                ) : null}
                {mayKeep ? <Acts subscription={one} /> : null}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const editName = ({ state }: Subscription): string => (state === 'barred' ? '填写新密钥…' : '修改…');

function Acts({ subscription }: { readonly subscription: Subscription }) {
  const client = useClient();
  const queries = useQueryClient();
  const { modal } = App.useApp();
  const act = useAct<SubscriptionAct, Subscription>({
    act: (wanted) =>
      client.call(followingApi.actOnSubscription, {
        params: { id: subscription.id },
        body: { expectedVersion: subscription.version, act: wanted },
      }),
    done: '已记下',
    onDone: () => forget(queries, followingApi.listSubscriptions),
  });
  const begin = (wanted: SubscriptionAct): void => {
    if (wanted !== 'end') {
      act.mutate(wanted);
      return;
    }
    void modal.confirm({
      title: `结束订阅“${subscription.name}”？`,
      content: '不再接收对方的修改和撤下，密钥从本平台删除，不能恢复。已经收到的信息保留。',
      okText: '结束',
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync(wanted).catch(() => undefined),
    });
  };
  return subscription.acts.map((wanted) => (
    <Button
      key={wanted}
      size="small"
      danger={wanted === 'end'}
      loading={act.isPending && act.variables === wanted}
      aria-label={`${actNames[wanted]} ${subscription.name}`}
      onClick={() => {
        begin(wanted);
      }}
    >
      {actNames[wanted]}
    </Button>
  ));
}
