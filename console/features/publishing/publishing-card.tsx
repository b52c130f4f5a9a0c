import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Statistic } from 'antd';

import { publishingApi } from '../../../contracts/publishing.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { Loaded } from '../../ui/states.tsx';
import { useDeed } from '../../ui/use-act.ts';
import { BackgroundWork } from './background-work.tsx';
import { FailingPages } from './failing-pages.tsx';

/** How far publication is; a rebuild of everything goes on in the background. */
export function PublishingCard() {
  const client = useClient();
  const queries = useQueryClient();
  const { roles } = useSession();
  const { modal } = App.useApp();
  const progress = useQuery({ ...queryFor(client, publishingApi.getStatus, {}), refetchInterval: 5_000 });
  const rebuild = useDeed<{ marked: number }>({
    act: () => client.call(publishingApi.rebuildAll),
    done: '已开始重新生成全部页面，可以离开这里',
    onDone: () => forget(queries, publishingApi.getStatus),
  });
  const ask = (): void => {
    void modal.confirm({
      title: '重新生成全部页面？',
      content: '在后台以低优先级进行，不影响正常发布；网站照常可以访问。',
      okText: '重新生成',
      onOk: () => {
        rebuild.mutate();
      },
    });
  };
  return (
    <Card
      title="全部网站"
      className="card-gap"
      extra={
        roles.includes('operator') ? (
          <Button loading={rebuild.isPending} onClick={ask}>
            重新生成全部页面
          </Button>
        ) : null
      }
    >
      <Loaded query={progress} rows={2}>
        {({ alarms, ...status }) => (
          <div className="stack">
            <div className="figures">
              <Statistic
                title="网站页面"
                value={status.pages.value}
                suffix={status.pages.capped ? '+' : ''}
              />
              <Statistic title="等待更新" value={status.waiting} />
              <Statistic title="后台等待" value={status.waitingBackground} />
              <Statistic title="定时待发布" value={status.scheduled} />
              <Statistic title="到点未发布" value={status.overdueReleases} />
              <Statistic title="24 小时内篡改告警" value={alarms.lastDay} />
            </div>
            <BackgroundWork work={status.background} />
            <FailingPages count={status.failing} pages={status.failingPages} />
            {alarms.lastDay > 0 ? (
              <Alert
                type={alarms.open > 0 ? 'error' : 'warning'}
                showIcon
                title={
                  alarms.open > 0
                    ? `页面文件有 ${alarms.open} 处与发布内容不符，正在恢复。请检查谁登录过服务器。`
                    : '页面文件曾被改动，已全部恢复。请检查谁登录过服务器。'
                }
              />
            ) : null}
            {status.overdueReleases > 0 ? (
              <Alert type="error" showIcon title="有定时稿件到点没有发布，请检查后台进程是否在运行。" />
            ) : null}
            {status.runnable < status.scheduled ? (
              <Alert
                type="error"
                showIcon
                title={`有 ${status.scheduled - status.runnable} 条已签发的信息没有任何安排会发布它，请联系责任单位撤回后重新提交。`}
              />
            ) : null}
            <p className="hint">
              {status.oldestWaitingSince === null
                ? '所有页面都是最新的。'
                : `等得最久的页面：${agoText(status.oldestWaitingSince, new Date())}起。`}
            </p>
          </div>
        )}
      </Loaded>
    </Card>
  );
}
