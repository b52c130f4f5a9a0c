import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Statistic } from 'antd';

import { deadlineNames, reviewApi, type Task } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { DeadlineTag } from './deadline-tag.tsx';
import { DelegationNotice } from './delegation-notice.tsx';
import { TaskLink } from './task-link.tsx';

interface Group {
  readonly kind: Task['kind'];
  readonly title: string;
  readonly action: string;
}

const groups: readonly Group[] = [
  { kind: 'review', title: '等我审核', action: '去审核' },
  { kind: 'opinion', title: '会签，等我答复', action: '去答复' },
  { kind: 'overdue-review', title: '超期，报告给我的', action: '去催办' },
  { kind: 'retrospective-overdue', title: '紧急发布，补审已超期', action: '去补审' },
  { kind: 'retrospective', title: '紧急发布，待补审', action: '查看补审' },
  { kind: 'objected', title: '补审未通过，请更正或者撤下', action: '去处理' },
  { kind: 'returned', title: '退回给我修改', action: '去修改' },
  { kind: 'reassessment', title: '不公开信息，该重新评估了', action: '去评估' },
  { kind: 'submission', title: '报送，等我采用', action: '去处理' },
  { kind: 'mapping-match', title: '映射，等我确认', action: '去确认' },
  { kind: 'submission-returned', title: '报送被退回', action: '去修改' },
  { kind: 'entry-removed', title: '从共建或门户栏目撤下的', action: '查看' },
  { kind: 'take-down', title: '被下架的信息', action: '去处理' },
  { kind: 'finding', title: '已发布信息的校核发现', action: '去处理' },
  { kind: 'correction', title: '群众纠错，等我答复', action: '去答复' },
  { kind: 'overdue-column', title: '栏目该更新了', action: '看栏目' },
  { kind: 'soon-column', title: '栏目快到更新期限', action: '看栏目' },
  { kind: 'topic-ending', title: '专题快要结束', action: '看专题' },
  { kind: 'draft', title: '没写完的草稿', action: '继续写' },
  { kind: 'scheduled', title: '已定时，等待发布', action: '查看' },
];

/** The console opens on what waits for me, each with one action. */
export function WorkbenchPage() {
  const client = useClient();
  const { realName, roles } = useSession();
  const workbench = useQuery({ ...queryFor(client, reviewApi.getWorkbench, {}), refetchInterval: 60_000 });
  return (
    <Page title="工作台" subtitle={`${realName}，您好。这里是等着您处理的事。`}>
      <Loaded query={workbench}>
        {({ tasks, figures, delegations }) => (
          <>
            <DelegationNotice delegations={delegations} />
            {figures.length === 0 ? null : (
              <div className="figures">
                {figures.map(({ name, value }) => (
                  <Card key={name} size="small">
                    <Statistic title={name} value={value} />
                  </Card>
                ))}
              </div>
            )}
            {tasks.length === 0 ? (
              <Card>
                <EmptyState
                  title="没有等您处理的事"
                  hint="需要您审核、修改的稿件，群众反映的错误和快到更新期限的栏目会出现在这里。"
                  action={
                    roles.includes('editor') ? (
                      <Link to="/resources" className="action-link">
                        去信息资源，写一篇新稿
                      </Link>
                    ) : undefined
                  }
                />
              </Card>
            ) : (
              groups.map((group) => (
                <TaskGroup
                  key={group.kind}
                  group={group}
                  tasks={tasks.filter((task) => task.kind === group.kind)}
                />
              ))
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function TaskGroup({ group, tasks }: { readonly group: Group; readonly tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  const now = new Date();
  return (
    <section className={`tasks tasks-${group.kind}`} aria-labelledby={`tasks-${group.kind}`}>
      <h2 id={`tasks-${group.kind}`}>
        {group.title}
        <span className="count">{tasks.length}</span>
      </h2>
      {group.kind === 'review' ? <LateLink tasks={tasks} /> : null}
      <ul>
        {tasks.map((task) => (
          <li
            key={`${task.kind}-${task.correctionId ?? task.reviewId ?? task.resourceId ?? task.title}-${task.columnId ?? ''}`}
          >
            <div>
              <strong>{task.title}</strong>
              <p className="hint">
                {task.detail}
                <span className="since">{agoText(task.since, now)}</span>
              </p>
              <DeadlineTag deadline={task.deadline} />
            </div>
            <TaskLink task={task} label={group.action} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** To those of the list that are overdue or nearly so. */
function LateLink({ tasks }: { readonly tasks: readonly Task[] }) {
  const counts = (['overdue', 'soon'] as const).map((state) => ({
    state,
    count: tasks.filter(({ deadline }) => deadline?.state === state).length,
  }));
  if (counts.every(({ count }) => count === 0)) return null;
  return (
    <p className="late-links">
      {counts.map(({ state, count }) =>
        count === 0 ? null : (
          <Link key={state} to="/reviews" search={{ show: 'mine', deadline: state }} className="plain-link">
            {deadlineNames[state]} {count} 篇
          </Link>
        ),
      )}
    </p>
  );
}
