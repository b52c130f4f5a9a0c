import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

import {
  type Webhook,
  webhookApi,
  webhookStateNames,
  type WebhookWithSecret,
} from '../../../contracts/webhook.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { reachText } from '../../ui/reach-fields.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx';
import { backlogText, isUnderWay, outcomeText, pauseText, stateColours } from './webhook-words.ts';

interface Props {
  /** The ways to the other screens of 数据共享. */
  readonly sections: ReactNode;
}

/** The systems that are told of changes. */
export function WebhooksPage({ sections }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const webhooks = useQuery({
    ...queryFor(client, webhookApi.listWebhooks, {}),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? 10_000 : 30_000),
  });
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const add = (
    <Button
      type="primary"
      icon={<Icon of={PlusOutlined} />}
      onClick={() => {
        setAdding(true);
      }}
    >
      新增推送地址
    </Button>
  );
  return (
    <Page
      wide
      title="推送地址"
      subtitle="信息发布、更新、撤下时，主动通知其他系统。推送只说哪条信息变了，对方再凭访问密钥查询内容。"
      actions={roles.includes('operator') ? add : undefined}
    >
      {sections}
      <Loaded query={webhooks}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title="还没有推送地址"
              hint="有系统要在信息变化时马上得到通知，在这里登记它接收推送的网址。"
            />
          ) : (
            <WebhookTable webhooks={list} />
          )
        }
      </Loaded>
      <WebhookForm
        open={isAdding}
        webhook={null}
        onClose={() => {
          setAdding(false);
        }}
        onMade={setMade}
      />
      <WebhookSecretDialog
        made={made}
        onClose={() => {
          setMade(null);
        }}
      />
    </Page>
  );
}

function WebhookTable({ webhooks }: { readonly webhooks: readonly Webhook[] }) {
  return (
    <table className="list-table">
      <caption className="visually-hidden">推送地址</caption>
      <thead>
        <tr>
          <th scope="col">系统</th>
          <th scope="col">范围</th>
          <th scope="col">状态</th>
          <th scope="col">积压</th>
          <th scope="col">最近一次</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.id}>
            <td data-label="系统" className="cell-title">
              <Link to="/exchange/webhooks/$id" params={{ id: webhook.id }} className="row-title">
                {webhook.name}
              </Link>
              <p className="hint">
                {webhook.holder} · {new URL(webhook.url).host}
              </p>
            </td>
            <td data-label="范围">{reachText(webhook)}</td>
            <td data-label="状态">
              <div>
                <Tag color={stateColours[webhook.state]}>{webhookStateNames[webhook.state]}</Tag>
              </div>
              <p className="hint">{pauseText(webhook)}</p>
            </td>
            <td data-label="积压">{backlogText(webhook)}</td>
            <td data-label="最近一次" className="cell-time">
              {webhook.lastAttemptAt === null ? '从未' : agoText(webhook.lastAttemptAt, new Date())}
              <p className="hint">{outcomeText(webhook.lastStatus, webhook.lastProblem)}</p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
