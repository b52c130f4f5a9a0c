import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';

import { type BackgroundWork as Work, publishingApi } from '../../../contracts/publishing.ts';
import { forget } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { clockText, minuteText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';

const aDay = 86_400_000;

function momentText(instant: string): string {
  const ahead = Date.parse(instant) - Date.now();
  return Math.abs(ahead) < aDay ? clockText(instant) : minuteText(instant);
}

function paceText({ pausedAt, pagesPerMinute, endsAt }: Work): string {
  if (pausedAt !== null) return `${momentText(pausedAt)}起暂停，人工发布不受影响。`;
  if (pagesPerMinute === null) return '正在等待后台进程开始。';
  const end = endsAt === null ? '' : `，预计 ${momentText(endsAt)} 完成`;
  return `每分钟约 ${String(pagesPerMinute)} 页${end}。`;
}

/** How far pages are that can wait, and the lever that makes them wait. */
export function BackgroundWork({ work }: { readonly work: Work }) {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const paused = work.pausedAt !== null;
  const lever = useAct<boolean, Work>({
    act: (pause) => client.call(publishingApi.setBackground, { body: { paused: pause } }),
    onDone: () => forget(queries, publishingApi.getStatus),
  });
  if (work.waiting === 0 && !paused) return null;
  const done = work.total - work.waiting;
  return (
    <section className="background-work" aria-label="后台更新">
      <div className="background-head">
        <strong>
          后台更新：已完成 {done} / {work.total} 页
        </strong>
        {roles.includes('operator') ? (
          <Button
            size="small"
            loading={lever.isPending}
            onClick={() => {
              lever.mutate(!paused);
            }}
          >
            {paused ? '继续' : '暂停'}
          </Button>
        ) : null}
      </div>
      <Progress
        percent={work.total === 0 ? 100 : Math.floor((done / work.total) * 100)}
        status={paused ? 'normal' : 'active'}
        aria-label="后台更新进度"
      />
      <p className="hint">{paceText(work)}</p>
    </section>
  );
}
