import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented, Tag } from 'antd';
import { useState } from 'react';

import {
  type MessageState,
  messageStateNames,
  messageStates,
  type Webhook,
  webhookApi,
  type WebhookMessage,
} from '../../../contracts/webhook.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { compact } from '../../lib/search-text.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AttemptsDrawer } from './attempts-drawer.tsx';
import { isUnderWay, messageText } from './webhook-words.ts';

type Shown = MessageState | 'all';
const shownNames: Readonly<Record<Shown, string>> = { all: '全部', ...messageStateNames };
const shownStates: readonly Shown[] = ['all', ...messageStates];

const colours: Readonly<Record<MessageState, string>> = {
  waiting: 'processing',
  delivered: 'success',
  dead: 'error',
  dropped: 'default',
};

interface Props {
  readonly webhook: Webhook;
  readonly mayKeep: boolean;
}

/** A test is sent to a paused one, too. */
const isOnTheWay = ({ state, type }: WebhookMessage, webhook: Webhook): boolean =>
  state === 'waiting' && (webhook.state !== 'paused' || type === 'webhook.ping');

/** What it was told or is to be told. */
export function MessageList({ webhook, mayKeep }: Props) {
  const client = useClient();
  const [shown, setShown] = useState<Shown>('all');
  const [watched, setWatched] = useState<WebhookMessage | null>(null);
  const query = compact({ state: shown === 'all' ? undefined : shown });
  const messages = useInfiniteQuery({
    ...pagesFor(client, webhookApi.listWebhookMessages, { params: { id: webhook.id }, query }),
    // Whoever has paged on is not asked for all those pages again.
    refetchInterval: ({ state }) => {
      const [first, ...more] = state.data?.pages ?? [];
      const isMoving = isUnderWay(webhook) || first?.items.some((one) => isOnTheWay(one, webhook)) === true;
      return isMoving && more.length === 0 ? 5_000 : false;
    },
  });
  return (
    <section aria-labelledby="messages-heading" className="webhook-messages">
      <h2 id="messages-heading">推送记录</h2>
      <div className="filters">
        <Segmented<Shown>
          aria-label="显示哪些推送"
          value={shown}
          options={shownStates.map((value) => ({ value, label: shownNames[value] }))}
          onChange={setShown}
        />
      </div>
      <Loaded query={messages}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return <EmptyState title="没有这样的推送" hint="送达的记录保存 30 天，死信保存 180 天。" />;
          }
          return <MessageTable messages={items} mayKeep={mayKeep} onWatch={setWatched} />;
        }}
      </Loaded>
      <LoadMore query={messages} />
      <AttemptsDrawer
        message={watched}
        onClose={() => {
          setWatched(null);
        }}
      />
    </section>
  );
}

interface TableProps {
  readonly messages: readonly WebhookMessage[];
  readonly mayKeep: boolean;
  readonly onWatch: (message: WebhookMessage) => void;
}

function MessageTable({ messages, mayKeep, onWatch }: TableProps) {
  const client = useClient();
  const queries = useQueryClient();
  const replay = useAct<string>({
    act: (id) => client.call(webhookApi.replayWebhookMessage, { params: { id } }),
    done: '已安排重新推送',
    onDone: () => forget(queries, webhookApi.readWebhook, webhookApi.listWebhookMessages),
  });
  return (
    <table className="list-table">
      <caption className="visually-hidden">推送记录</caption>
      <thead>
        <tr>
          <th scope="col">推送</th>
          <th scope="col">状态</th>
          <th scope="col">次数</th>
          <th scope="col">时间</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <td data-label="推送" className="cell-title">
              {messageText(message)}
              {message.webhookId === null ? null : (
                <p className="hint">
                  <code className="breakable">{message.webhookId}</code>
                </p>
              )}
            </td>
            <td data-label="状态">
              <div>
                <Tag color={colours[message.state]}>{messageStateNames[message.state]}</Tag>
              </div>
            </td>
            <td data-label="次数">{message.tries}</td>
            <td data-label="时间" className="cell-time">
              {timeText(message)}
            </td>
            <td data-label="操作">
              <div className="row">
                <Button
                  size="small"
                  aria-label={`经过 ${message.id}`}
                  onClick={() => {
                    onWatch(message);
                  }}
                >
                  经过
                </Button>
                {mayKeep && message.type !== 'webhook.ping' ? (
                  <Button
                    size="small"
                    aria-label={`重推 ${message.id}`}
                    loading={replay.isPending && replay.variables === message.id}
                    onClick={() => {
                      replay.mutate(message.id);
                    }}
                  >
                    重推
                  </Button>
                ) : null}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function timeText({ tries, dueAt, settledAt, createdAt }: WebhookMessage): string {
  if (settledAt !== null) return minuteText(settledAt);
  return tries > 0 && dueAt !== null ? `${minuteText(dueAt)} 再试` : minuteText(createdAt);
}
