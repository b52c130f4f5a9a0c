import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';

import { webhookApi, type WebhookMessage } from '../../../contracts/webhook.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { messageText, outcomeText } from './webhook-words.ts';

interface Props {
  readonly message: WebhookMessage | null;
  readonly onClose: () => void;
}

/** Each request of one message, and what came back. */
export function AttemptsDrawer({ message, onClose }: Props) {
  return (
    <Drawer
      open={message !== null}
      title={message === null ? '' : `${messageText(message)}的经过`}
      size="large"
      destroyOnHidden
      onClose={onClose}
    >
      {message === null ? null : <Attempts message={message} />}
    </Drawer>
  );
}

function Attempts({ message }: { readonly message: WebhookMessage }) {
  const client = useClient();
  const attempts = useQuery(queryFor(client, webhookApi.listWebhookAttempts, { params: { id: message.id } }));
  return (
    <>
      {message.cursor === null ? null : (
        <p>
          在变更序列中的位置：<code className="breakable">{message.cursor}</code>
        </p>
      )}
      <Loaded query={attempts}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="还没有推送过" />
          ) : (
            <table className="list-table">
              <caption className="visually-hidden">每次推送</caption>
              <thead>
                <tr>
                  <th scope="col">时间</th>
                  <th scope="col">结果</th>
                  <th scope="col">用时</th>
                  <th scope="col">对方的答复</th>
                </tr>
              </thead>
              <tbody>
                {list.map((attempt) => (
                  <tr key={attempt.at}>
                    <td data-label="时间" className="cell-time">
                      {minuteText(attempt.at)}
                    </td>
                    <td data-label="结果">{outcomeText(attempt.status, attempt.problem)}</td>
                    <td data-label="用时">{attempt.milliseconds.toLocaleString('zh-CN')} 毫秒</td>
                    <td data-label="对方的答复" className="breakable">
                      {attempt.answer === null || attempt.answer === '' ? '（空）' : attempt.answer}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </>
  );
}
