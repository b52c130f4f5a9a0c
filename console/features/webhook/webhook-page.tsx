import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Tag } from 'antd';
import { type ReactNode, useState } from 'react';

import {
  type Webhook,
  webhookApi,
  webhookStateNames,
  type WebhookWithSecret,
} from '../../../contracts/webhook.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { reachText } from '../../ui/reach-fields.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { MessageList } from './message-list.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx';
import { backlogText, isUnderWay, outcomeText, pauseText, stateColours } from './webhook-words.ts';

interface Props {
  readonly id: string;
  /** The way back. */
  readonly sections: ReactNode;
}

/** One system that is told of changes: how it does, what it was told, what can be done about it. */
export function WebhookPage({ id, sections }: Props) {
  const client = useClient();
  const { roles } = useSession();
  const mayKeep = roles.includes('operator');
  const webhook = useQuery({
    ...queryFor(client, webhookApi.readWebhook, { params: { id } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 5_000 : 30_000),
  });
  return (
    <Page
      wide
      title={webhook.data?.name ?? '推送地址'}
      subtitle={webhook.data?.holder}
      actions={mayKeep && webhook.data ? <WebhookActs webhook={webhook.data} /> : undefined}
    >
      {sections}
      <Loaded query={webhook}>
        {(one) => (
          <>
            <Standing webhook={one} />
            <MessageList webhook={one} mayKeep={mayKeep} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ webhook }: { readonly webhook: Webhook }) {
  const { lastAttemptAt, lastSuccessAt, nextAttemptAt, previousSecretEndsAt } = webhook;
  const items = [
    { key: 'url', label: '推送地址', children: <code className="breakable">{webhook.url}</code> },
    { key: 'reach', label: '范围', children: reachText(webhook) },
    {
      key: 'state',
      label: '状态',
      children: (
        <div className="row">
          <Tag color={stateColours[webhook.state]}>{webhookStateNames[webhook.state]}</Tag>
          {backlogText(webhook)}
        </div>
      ),
    },
    {
      key: 'last',
      label: '最近一次',
      children:
        lastAttemptAt === null
          ? '从未推送'
          : `${minuteText(lastAttemptAt)}（${outcomeText(webhook.lastStatus, webhook.lastProblem)}）`,
    },
    {
      key: 'success',
      label: '最近送达',
      children: lastSuccessAt === null ? '从未' : minuteText(lastSuccessAt),
    },
    ...(previousSecretEndsAt === null
      ? []
      : [{ key: 'secret', label: '旧签名密钥', children: `有效到 ${minuteText(previousSecretEndsAt)}` }]),
  ];
  return (
    <>
      {webhook.state === 'paused' ? (
        <Alert
          type="warning"
          showIcon
          className="form-alert"
          title={pauseText(webhook)}
          description="暂停期间的变更不会丢失，恢复后从停下的地方接着推送。"
        />
      ) : null}
      {webhook.state === 'failing' ? (
        <Alert
          type="warning"
          showIcon
          className="form-alert"
          title={`已连续失败 ${String(webhook.failures)} 次：${outcomeText(webhook.lastStatus, webhook.lastProblem)}`}
          description={
            nextAttemptAt === null
              ? undefined
              : `${minuteText(nextAttemptAt)} 起再试。对方修好后，测试成功就马上接着推送。`
          }
        />
      ) : null}
      <Card>
        <Descriptions column={{ xs: 1, md: 2 }} items={items} />
      </Card>
    </>
  );
}

type Dialog = 'edit' | 'rotate' | 'pause' | 'replay';

function WebhookActs({ webhook }: { readonly webhook: Webhook }) {
  const client = useClient();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const { id, version } = webhook;
  const close = (): void => {
    setDialog(null);
  };
  const renew = () =>
    forget(queries, webhookApi.listWebhooks, webhookApi.readWebhook, webhookApi.listWebhookMessages);
  const ping = useAct({
    act: () => client.call(webhookApi.pingWebhook, { params: { id } }),
    done: '测试已发出，结果见下面的推送记录',
    onDone: renew,
  });
  const resume = useAct({
    act: () => client.call(webhookApi.resumeWebhook, { params: { id }, body: { expectedVersion: version } }),
    done: '已恢复推送',
    onDone: renew,
  });
  const pause = useAct<string>({
    act: (reason) =>
      client.call(webhookApi.pauseWebhook, { params: { id }, body: { expectedVersion: version, reason } }),
    done: '已暂停推送',
    onDone: async () => {
      await renew();
      close();
    },
  });
  const opens = (which: Dialog, label: string) => (
    <Button
      onClick={() => {
        setDialog(which);
      }}
    >
      {label}
    </Button>
  );
  return (
    <div className="row">
      <Button
        type="primary"
        loading={ping.isPending}
        onClick={() => {
          ping.mutate();
        }}
      >
        发送测试
      </Button>
      {opens('edit', '修改')}
      {opens('replay', '重新推送…')}
      {opens('rotate', '更换密钥…')}
      {webhook.state === 'paused' ? (
        <Button
          loading={resume.isPending}
          onClick={() => {
            resume.mutate();
          }}
        >
          恢复推送
        </Button>
      ) : (
        opens('pause', '暂停…')
      )}
      <WebhookForm open={dialog === 'edit'} webhook={webhook} onClose={close} onMade={setMade} />
      <ReplayDialog open={dialog === 'replay'} webhook={webhook} onClose={close} />
      <RotateDialog open={dialog === 'rotate'} webhook={webhook} onClose={close} onMade={setMade} />
      <ReasonDialog
        key={String(dialog === 'pause')}
        open={dialog === 'pause'}
        title={`暂停向“${webhook.name}”推送？`}
        okText="暂停"
        label="暂停原因"
        isPending={pause.isPending}
        onReason={(reason) => {
          pause.mutate(reason);
        }}
        onClose={close}
      >
        暂停期间的变更不会丢失，恢复后从停下的地方接着推送。
      </ReasonDialog>
      <WebhookSecretDialog
        made={made}
        onClose={() => {
          setMade(null);
        }}
      />
    </div>
  );
}
