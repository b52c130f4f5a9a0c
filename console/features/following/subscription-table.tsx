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
import { agoText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly subscriptions: readonly Subscription[];
  readonly mayKeep: boolean;
  readonly onItems: (subscription: Subscription) => void;
}

const colours: Readonly<Record<SubscriptionState, string>> = {
  active: 'green',
  paused: 'orange',
  barred: 'red',
  ended: 'default',
};

const actNames: Readonly<Record<SubscriptionAct, string>> = {
  pause: '暂停',
  resume: '继续',
  resync: '重新同步',
  end: '结束…',
};

export function SubscriptionTable({ subscriptions, mayKeep, onItems }: Props) {
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
              <Tag color={colours[one.state]}>{subscriptionStateNames[one.state]}</Tag>
              <p className="hint">{standingOf(one)}</p>
            </td>
            <td data-label="已同步">{one.counts.taken.toLocaleString('zh-CN')}</td>
            <td data-label="未接收">{leftOut(one).toLocaleString('zh-CN')}</td>
            <td data-label="操作">
              <div className="row">
                <Button
                  size="small"
                  aria-label={`查看 ${one.name} 的逐条结果`}
                  onClick={() => {
                    onItems(one);
                  }}
                >
                  结果
                </Button>
                {mayKeep ? <Acts subscription={one} /> : null}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const leftOut = ({ counts }: Subscription): number =>
  counts.refused + counts.waiting + counts['changed-here'];

/** The last trouble, or how far behind it is. */
function standingOf({ state, trouble, caughtUpAt }: Subscription): string {
  const now = new Date();
  if (trouble !== null) return `${trouble.message}（${agoText(trouble.since, now)}起）`;
  if (state === 'ended') return '收到的信息保留';
  return caughtUpAt === null ? '正在第一次同步' : `${agoText(caughtUpAt, now)}与对方一致`;
}

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
