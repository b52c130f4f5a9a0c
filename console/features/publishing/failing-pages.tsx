import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';

import { type FailingPage, publishingApi } from '../../../contracts/publishing.ts';
import { forget } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { useDeed } from '../../ui/use-act.ts';

interface Props {
  readonly count: number;
  readonly pages: readonly FailingPage[];
}

/** Pages that keep standing as they last were, with the reason. */
export function FailingPages({ count, pages }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const retry = useDeed<{ pages: number }>({
    act: () => client.call(publishingApi.retryFailing),
    done: '已安排立即重试',
    onDone: () => forget(queries, publishingApi.getStatus),
  });
  if (count === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={`有 ${String(count)} 个页面生成失败，网站上保留着上一版，系统会自动重试。`}
      action={
        roles.includes('operator') ? (
          <Button
            size="small"
            loading={retry.isPending}
            onClick={() => {
              retry.mutate();
            }}
          >
            立即重试
          </Button>
        ) : null
      }
      description={
        <ul className="failing-pages">
          {pages.map((page) => (
            <li key={page.key}>
              <span className="failing-place">{page.path ?? page.key}</span>
              <span className="hint">
                {page.problem ?? '原因不明'}（{agoText(page.since, new Date())}起，已试 {page.failures} 次）
              </span>
            </li>
          ))}
        </ul>
      }
    />
  );
}
