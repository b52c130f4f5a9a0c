import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';

import {
  findingStateNames,
  type FindingTask,
  proofreadingApi,
  type PublishedFinding,
} from '../../../contracts/proofreading.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText, dayText } from '../../lib/time.ts';
import { SeverityTag } from '../../ui/finding-list.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { GiveFinding } from './give-finding.tsx';

interface Props {
  readonly item: PublishedFinding;
}

/** One finding: what and where, until when, and what may be done about it. */
export function FindingRow({ item }: Props) {
  const { finding, title, resourceId } = item;
  return (
    <li className={`finding finding-${finding.severity}`}>
      <p className="finding-head">
        <SeverityTag severity={finding.severity} />
        <strong>{finding.found === '' ? finding.ruleName : finding.found}</strong>
        <span className="hint">
          {item.partName} · {finding.ruleName}
        </span>
        <TaskTag item={item} />
      </p>
      <p>{finding.message}</p>
      <p className="finding-place">
        <Link to="/resources/$id" params={{ id: resourceId }} search={placeOf(item)} className="row-title">
          {title === '' ? '（无权查看的信息）' : title}
        </Link>
        <span className="hint">
          {item.unitName} · {agoText(item.openedAt, new Date())}发现
        </span>
      </p>
      <Said item={item} />
      <Acts item={item} />
    </li>
  );
}

/** So that the text opens where it was found. */
const placeOf = ({ finding: { place, rule } }: PublishedFinding) => ({
  part: place.part,
  at: String(place.start),
  rule,
});

function TaskTag({ item: { state, task } }: Props) {
  if (state !== 'open') return <span className="stage">{findingStateNames[state]}</span>;
  if (task === null) return null;
  return (
    <span className={`stage ${task.overdue ? 'stage-returned' : 'stage-in-review'}`}>{termText(task)}</span>
  );
}

function termText({ dueOn, overdue }: FindingTask): string {
  if (dueOn === null) return '期限待定：工作日历缺少这一年';
  return overdue ? `已超期，应于 ${dueOn} 前处理` : `${dueOn} 前处理`;
}

/** What people said of it. */
function Said({ item }: Props) {
  const { task, state, ignoreReason, ignoredByName, ignoredAt, reopenReason, reopenedByName } = item;
  const lines = [
    ...(task === null || task.givenByName === null
      ? []
      : [`${task.givenByName}交办${task.note === '' ? '' : `：${task.note}`}`]),
    ...(ignoreReason === null
      ? []
      : [`${ignoredByName ?? ''}${ignoredAt === null ? '' : ` ${dayText(ignoredAt)}`}说明：${ignoreReason}`]),
    ...(reopenReason === null || state === 'ignored'
      ? []
      : [`${reopenedByName ?? ''}撤销说明：${reopenReason}`]),
  ];
  if (lines.length === 0) return null;
  return (
    <p className="finding-reason">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </p>
  );
}

type Dialog = 'ignore' | 'reopen' | 'give';

function Acts({ item }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => {
    setDialog(null);
  };
  const say = useAct<string>({
    act: (reason) =>
      client.call(dialog === 'reopen' ? proofreadingApi.reopenFinding : proofreadingApi.ignoreFinding, {
        params: { id: item.id },
        body: { reason },
      }),
    done: dialog === 'reopen' ? '已撤销' : '已记录理由',
    onDone: async () => {
      close();
      await forget(
        queries,
        proofreadingApi.listFindings,
        proofreadingApi.countFindings,
        proofreadingApi.listFindingFigures,
      );
    },
  });
  const opener = (name: Dialog, label: string) => (
    <Button
      size="small"
      aria-label={`${label}：${item.finding.found}，${item.title}`}
      onClick={() => {
        setDialog(name);
      }}
    >
      {label}
    </Button>
  );
  return (
    <div className="row">
      {item.mayIgnore ? opener('ignore', '说明理由') : null}
      {item.mayReopen ? opener('reopen', '撤销理由') : null}
      {item.mayGive ? opener('give', '交给责任单位') : null}
      <ReasonDialog
        open={dialog === 'ignore' || dialog === 'reopen'}
        title={dialog === 'reopen' ? '撤销理由' : '不是问题，说明理由'}
        okText={dialog === 'reopen' ? '撤销' : '记录理由'}
        label={dialog === 'reopen' ? '为什么撤销' : '为什么可以这样写'}
        isPending={say.isPending}
        onReason={(reason) => {
          say.mutate(reason);
        }}
        onClose={close}
      >
        {dialog === 'reopen'
          ? '撤销后，这一处重新等待处理；禁止提交的重新成为任务。'
          : `“${item.finding.found}”不再提示，也不再是任务。理由记录在案，可以撤销。`}
      </ReasonDialog>
      <GiveFinding item={item} open={dialog === 'give'} onClose={close} />
    </div>
  );
}
