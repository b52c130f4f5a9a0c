import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Popconfirm, Progress, Steps } from 'antd';

import {
  type Import,
  type ImportCounts,
  importFormatNames,
  importStageNames,
  intakeApi,
} from '../../../contracts/intake.ts';
import { libraryApi } from '../../../contracts/library.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { sizeText } from '../../lib/size-text.ts';
import { useTypeName } from '../../lib/use-types.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { countsText, isWorking, stepOf } from './import-words.ts';
import { MappingForm } from './mapping-form.tsx';
import { OutcomeList } from './outcome-list.tsx';
import { PreviewList } from './preview-list.tsx';

const everyMilliseconds = 1_000;

/** One file on its way: recognised, mapped, tried, brought in. */
export function ImportPage({ id }: { readonly id: string }) {
  const client = useClient();
  const query = useQuery({
    ...queryFor(client, intakeApi.getImport, { params: { id } }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? everyMilliseconds : false),
  });
  return <Loaded query={query}>{(item) => <Way item={item} />}</Loaded>;
}

function Way({ item }: { readonly item: Import }) {
  const queries = useQueryClient();
  const client = useClient();
  const keep = (saved: Import): void => {
    queries.setQueryData(queryFor(client, intakeApi.getImport, { params: { id: item.id } }).queryKey, saved);
  };
  const typeName = useTypeName();
  const hasMapping = item.stage !== 'inspecting' && item.format !== null;
  return (
    <Page
      title={item.fileName}
      subtitle={
        <>
          {typeName(item.type)}
          {item.format === null ? '' : ` · ${importFormatNames[item.format]}`} · {sizeText(item.size)} ·{' '}
          {item.mode === 'archive' ? '历史数据，直接发布' : '成为草稿，走审核'} · {item.unitName}
        </>
      }
      actions={<Link to="/imports">全部导入</Link>}
    >
      <Steps
        size="small"
        className="import-steps"
        current={stepOf(item)}
        {...(item.stage === 'failed' ? { status: 'error' as const } : {})}
        items={['识别文件', '对应字段', '试运行', '导入'].map((title) => ({ title }))}
      />
      <State item={item} onActed={keep} />
      {item.checked !== null && item.stage !== 'checking' && item.imported === null ? (
        <Card title="试运行结果" className="card-gap">
          <OutcomeList item={item} pass="check" />
        </Card>
      ) : null}
      {hasMapping && item.imported === null ? (
        <>
          <Card title="对应字段" className="card-gap">
            <MappingForm key={item.version} item={item} onSaved={keep} />
          </Card>
          <Card title="预览（文件里的前几条）" className="card-gap">
            <PreviewList item={item} />
          </Card>
        </>
      ) : null}
      {item.imported !== null && item.stage !== 'running' ? (
        <Card title="导入报告" className="card-gap">
          <OutcomeList item={item} pass="run" />
        </Card>
      ) : null}
    </Page>
  );
}

interface StateProps {
  readonly item: Import;
  readonly onActed: (item: Import) => void;
}

/** Where it stands, in a sentence, and what can be done next. */
function State({ item, onActed }: StateProps) {
  const { stage, problem, checked, imported } = item;
  const counts = imported ?? checked;
  return (
    <Card className="card-gap import-state">
      <div role="status" aria-live="polite">
        {isWorking(item) ? (
          <Progress percent={100} status="active" showInfo={false} aria-label={importStageNames[stage]} />
        ) : null}
        {problem === null ? (
          <p className="import-sentence">{sentenceFor(item)}</p>
        ) : (
          <Alert type="error" showIcon title={problem.message} />
        )}
        {counts === null || (isWorking(item) && counts.read === 0) ? null : (
          <Counts counts={counts} isRun={imported !== null} />
        )}
      </div>
      <Acts item={item} onActed={onActed} />
    </Card>
  );
}

function Counts({ counts, isRun }: { readonly counts: ImportCounts; readonly isRun: boolean }) {
  return <p>{countsText(counts, isRun ? 'run' : 'check')}</p>;
}

function sentenceFor({ stage, mode }: Import): string {
  switch (stage) {
    case 'inspecting':
      return '正在识别文件，马上就好。';
    case 'ready':
      return '文件已识别。请核对下面的对应关系和预览，然后试运行。';
    case 'checking':
      return '正在试运行，逐条检查，不会写入任何内容。可以离开这个页面。';
    case 'checked':
      return '试运行完成。没有问题的条目可以导入，有问题的会跳过并写入报告。';
    case 'running':
      return '正在导入。可以离开这个页面；中断后会从断开的地方继续，不会重复。';
    case 'done':
      return mode === 'archive'
        ? '导入完成，页面正在后台生成。'
        : '导入完成。这些信息是本单位的草稿，完善后提交审核。';
    case 'failed':
      return '没有能够完成。';
    case 'cancelled':
      return '已停止。已经导入的内容保留。';
  }
}

type Deed = 'check' | 'run' | 'cancel';

function Acts({ item, onActed }: StateProps) {
  const client = useClient();
  const queries = useQueryClient();
  const act = useAct<Deed, Import>({
    act: (what) => {
      const endpoint = {
        check: intakeApi.checkImport,
        run: intakeApi.runImport,
        cancel: intakeApi.cancelImport,
      };
      return client.call(endpoint[what], {
        params: { id: item.id },
        body: { expectedVersion: item.version },
      });
    },
    onDone: async (saved) => {
      onActed(saved);
      await forget(queries, intakeApi.listImports, libraryApi.listResources);
    },
  });
  const { actions, stage } = item;
  if (actions.length === 0) return null;
  const does = (what: Deed) => () => {
    act.mutate(what);
  };
  return (
    <div className="row import-acts">
      {actions.includes('run') ? <RunButton item={item} isBusy={act.isPending} onRun={does('run')} /> : null}
      {actions.includes('check') ? (
        <Button
          type={actions.includes('run') ? 'default' : 'primary'}
          loading={act.isPending}
          onClick={does('check')}
        >
          {stage === 'checked' ? '重新试运行' : '试运行'}
        </Button>
      ) : null}
      {actions.includes('cancel') ? <Button onClick={does('cancel')}>{cancelWord(stage)}</Button> : null}
    </div>
  );
}

function cancelWord(stage: Import['stage']): string {
  if (stage === 'running') return '暂停导入';
  return stage === 'checking' ? '停止试运行' : '放弃';
}

interface RunButtonProps {
  readonly item: Import;
  readonly isBusy: boolean;
  readonly onRun: () => void;
}

function RunButton({ item, isBusy, onRun }: RunButtonProps) {
  const good = item.checked?.good ?? 0;
  const question = item.mode === 'archive' ? '导入后立即公开，确定吗？' : `导入 ${good} 条为草稿？`;
  return (
    <Popconfirm title={question} okText="导入" cancelText="再看看" onConfirm={onRun}>
      <Button type="primary" loading={isBusy} disabled={item.stage === 'checked' && good === 0}>
        {item.stage === 'cancelled' ? '继续导入' : '开始导入'}
      </Button>
    </Popconfirm>
  );
}
