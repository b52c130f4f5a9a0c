import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Popconfirm, Progress } from 'antd';

import { type Relocation, relocationApi, type RelocationGoal } from '../../../contracts/relocation.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAct } from '../../ui/use-act.ts';
import { CopyCard } from './copy-card.tsx';
import { shareDone, standingText, undecidedColumns } from './relocation-words.ts';

interface Props {
  readonly project: Relocation;
}

/** What a run can do now, how far it is, and what came of it. */
export function RunCard({ project }: Props) {
  const { figures, state, problem } = project;
  return (
    <div className="stack">
      {project.source === 'copy' ? <CopyCard project={project} /> : <WebCard project={project} />}
      <Card title="运行">
        <div className="stack">
          {problem === null ? null : (
            <Alert showIcon type="warning" title="运行已暂停" description={`${problem}处理后点“继续”。`} />
          )}
          <p role="status" className="relocation-standing">
            <strong>{standingText(project)}</strong>{' '}
            {project.endedAt === null || state !== 'idle' ? null : (
              <span className="hint"> {minuteText(project.endedAt)}</span>
            )}
          </p>
          {state === 'idle' ? null : (
            <Progress
              percent={shareDone(project) ?? 0}
              status={state === 'running' ? 'active' : 'normal'}
              aria-label="运行进度"
            />
          )}
          <RunButtons project={project} />
        </div>
      </Card>
      <Card title="结果">
        <dl className="relocation-figures">
          <Figure
            name="已读取页面和文件"
            value={figures.read}
            hint={`还有 ${String(figures.waiting)} 个待读`}
          />
          <Figure
            name="文章"
            value={figures.articles}
            hint={`列表 ${String(figures.lists)}，其他 ${String(figures.others)}`}
          />
          <Figure name="附件和图片" value={figures.files} />
          <Figure name="待导入" value={figures.toImport} hint="新的或有变化的文章" />
          <Figure name="已导入" value={figures.imported} />
          <Figure
            name="旧网址已跳转"
            value={figures.redirected}
            hint={`还有 ${String(figures.redirectsWaiting)} 个`}
          />
        </dl>
        {figures.problems.length === 0 ? (
          <p className="hint">没有问题。</p>
        ) : (
          <ul className="relocation-problems" aria-label="问题">
            {figures.problems.map(({ code, text, pages }) => (
              <li key={code}>
                {text}：<strong>{pages}</strong> 个
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number;
  readonly hint?: string;
}

function Figure({ name, value, hint }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {hint === undefined ? null : <span className="hint">{hint}</span>}
      </dd>
    </div>
  );
}

function WebCard({ project }: Props) {
  return (
    <Card title="来源：从网上采集">
      <p>从 {project.startAddresses.join('、')} 开始，只读取旧站域名下的页面，遵守 robots.txt。</p>
      <p className="hint">
        两次访问间隔 {project.limits.pace} 毫秒，最多 {project.limits.pages} 个页面、{project.limits.depth}{' '}
        层链接。再次运行时只取有变化的页面。
      </p>
    </Card>
  );
}

function RunButtons({ project }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const { id, state, figures } = project;
  const refresh = () => forget(queries, relocationApi.getProject, relocationApi.listPages);
  const start = useAct<RelocationGoal, Relocation>({
    act: (goal) => client.call(relocationApi.startRun, { params: { id }, body: { goal } }),
    onDone: refresh,
  });
  const pause = useAct<boolean, Relocation>({
    act: (paused) => client.call(relocationApi.setPaused, { params: { id }, body: { paused } }),
    onDone: refresh,
  });
  if (state !== 'idle') {
    const isRunning = state === 'running';
    return (
      <div>
        <Button
          icon={<Icon of={isRunning ? PauseOutlined : PlayCircleOutlined} />}
          loading={pause.isPending}
          onClick={() => {
            pause.mutate(isRunning);
          }}
        >
          {isRunning ? '暂停' : '继续'}
        </Button>
      </div>
    );
  }
  const isReady = project.source === 'web' || project.copyFiles > 0;
  const hasUndecided = undecidedColumns(project) > 0;
  return (
    <div className="relocation-buttons">
      <Button
        disabled={!isReady}
        loading={start.isPending}
        onClick={() => {
          start.mutate('sample');
        }}
      >
        采集样例
      </Button>
      <Button
        disabled={!isReady}
        onClick={() => {
          start.mutate('check');
        }}
      >
        试运行
      </Button>
      <Popconfirm
        title={
          figures.imported > 0 ? '再次导入？只导入新的和有变化的文章。' : '开始正式导入？导入后文章立即公开。'
        }
        description={hasUndecided ? '有的原栏目还没有对应的新栏目，其中的文章不会导入。' : undefined}
        okText="开始导入"
        cancelText="取消"
        onConfirm={() => {
          start.mutate('import');
        }}
      >
        <Button type="primary" disabled={!isReady || figures.articles === 0}>
          {figures.imported > 0 ? '再次导入' : '正式导入'}
        </Button>
      </Popconfirm>
    </div>
  );
}
