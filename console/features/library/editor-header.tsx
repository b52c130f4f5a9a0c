import { ArrowLeftOutlined, HistoryOutlined, MoreOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';

import {
  libraryApi,
  type Resource,
  type ResourceAction,
  type ResourceType,
} from '../../../contracts/library.ts';
import type { FindingReason } from '../../../contracts/proofreading.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { sitesApi } from '../../../contracts/sites.ts';
import { fieldProblemsOf, type FieldProblem } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { clockText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import { useAct, useDeed } from '../../ui/use-act.ts';
import { type DraftState, phaseText } from './draft-machine.ts';
import { type RefusedSubmission, SubmissionDialog } from './proofreading/submission-dialog.tsx';
import { refusedSubmission } from './proofreading/refused-submission.ts';
import { type Removal, RemovalDialog, removals, removalTexts } from './removal-dialog.tsx';
import { ValidityDialog } from './validity-dialog.tsx';

interface Props {
  readonly resource: Resource;
  readonly type: ResourceType;
  readonly state: DraftState;
  readonly onSave: () => Promise<boolean>;
  readonly onHistory: () => void;
  readonly onAnswer: (resource: Resource) => void;
  readonly onProblems: (problems: readonly FieldProblem[]) => void;
  readonly partName: (part: string) => string;
}

/** Where the resource stands, what is saved, and what may be done with it: only what the server offered. */
export function EditorHeader(props: Props) {
  const { resource, type, state, onSave, onHistory, onAnswer, onProblems, partName } = props;
  const can = (action: ResourceAction): boolean => resource.actions.includes(action);
  const [removing, setRemoving] = useState<Removal | null>(null);
  const [ruling, setRuling] = useState(false);
  const [wishing, setWishing] = useState(false);
  const [refused, setRefused] = useState<RefusedSubmission | null>(null);
  const acts = useEditorActs({ resource, state, onSave, onAnswer, onProblems, onFindings: setRefused });
  const { modal } = App.useApp();
  const more = [
    can('rule')
      ? {
          key: 'rule',
          label: '认定有效性…',
          onClick: () => {
            setRuling(true);
          },
        }
      : null,
    ...removals.filter(can).map((removal) => ({
      key: removal,
      danger: true,
      label: `${removalTexts[removal].title}…`,
      onClick: () => {
        setRemoving(removal);
      },
    })),
    ...(['submit'] as const).filter(can).map(() => ({
      key: 'urgent',
      label: '紧急，提交审核…',
      onClick: () => {
        setWishing(true);
      },
    })),
    can('discard')
      ? {
          key: 'discard',
          danger: true,
          label: '删除草稿…',
          onClick: () => {
            void modal.confirm({
              title: '删除这篇草稿？',
              content: '删除后 30 天内可以在信息资源的“已删除”中恢复。',
              okText: '删除',
              okButtonProps: { danger: true },
              onOk: () => acts.discard.mutateAsync().catch(() => undefined),
            });
          },
        }
      : null,
  ].filter((item) => item !== null);
  const busy = acts.submit.isPending;
  return (
    <header className="editor-header">
      <div className="editor-standing">
        <Link to="/resources" className="back-link" aria-label="返回信息资源">
          <Icon of={ArrowLeftOutlined} />
        </Link>
        <h1 className="visually-hidden">编辑{type.name}</h1>
        <StageTag stage={resource.stage} />
        <span className="hint">
          {type.name} · {resource.unitName} · 第 {state.head.number} 版
        </span>
        {can('edit') ? (
          <span role="status" className={`save-state save-${state.phase}`}>
            {phaseText(state, clockText)}
          </span>
        ) : null}
      </div>
      <div className="editor-actions">
        <Button icon={<Icon of={HistoryOutlined} />} onClick={onHistory}>
          历史
        </Button>
        {can('edit') ? (
          <Button
            disabled={state.phase === 'clean' || state.phase === 'saving'}
            onClick={() => void onSave()}
          >
            保存
          </Button>
        ) : null}
        {can('restore') ? (
          <Button
            type="primary"
            loading={acts.restore.isPending}
            onClick={() => {
              acts.restore.mutate();
            }}
          >
            恢复草稿
          </Button>
        ) : null}
        {can('submit') ? (
          <Button
            type="primary"
            loading={busy}
            onClick={() => {
              acts.submit.mutate({ reasons: [] });
            }}
          >
            提交审核
          </Button>
        ) : null}
        {more.length === 0 ? null : (
          <Dropdown trigger={['click']} menu={{ items: more }}>
            <Button icon={<Icon of={MoreOutlined} />} aria-label="更多操作" />
          </Dropdown>
        )}
      </div>
      <SubmissionDialog
        refused={refused}
        partName={partName}
        busy={busy}
        onReasons={(reasons) => {
          acts.submit.mutate({ ...acts.submit.variables, reasons });
        }}
        onClose={() => {
          setRefused(null);
        }}
      />
      <ReasonDialog
        key={wishing ? 'wishing' : 'not-wishing'}
        open={wishing}
        title="紧急，提交审核"
        okText="提交审核"
        label="为什么等不及"
        isPending={busy}
        onReason={(urgentWish) => {
          setWishing(false);
          acts.submit.mutate({ reasons: [], urgentWish });
        }}
        onClose={() => {
          setWishing(false);
        }}
      >
        获得授权的签发人会看到您的理由，由他决定是否先发布、后补审；否则照常审核。
      </ReasonDialog>
      <ValidityDialog
        open={ruling}
        resourceId={resource.id}
        version={state.version}
        onAnswer={onAnswer}
        onClose={() => {
          setRuling(false);
        }}
      />
      <RemovalDialog
        key={removing ?? 'none'}
        removal={removing}
        busy={acts.withdraw.isPending || acts.takeDown.isPending}
        onClose={() => {
          setRemoving(null);
        }}
        onReason={(reason) => {
          const act = removing === 'take-down' ? acts.takeDown : acts.withdraw;
          act.mutate(reason, {
            onSuccess: () => {
              setRemoving(null);
            },
          });
        }}
      />
    </header>
  );
}

/** What goes along when a work is handed in. */
interface Handing {
  readonly reasons: readonly FindingReason[];
  readonly urgentWish?: string;
}

interface ActsInput extends Pick<Props, 'resource' | 'state' | 'onSave' | 'onAnswer' | 'onProblems'> {
  readonly onFindings: (refused: RefusedSubmission | null) => void;
}

function useEditorActs({ resource, state, onSave, onAnswer, onProblems, onFindings }: ActsInput) {
  const client = useClient();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const params = { id: resource.id };
  const expected = { params, body: { expectedVersion: state.version } };
  const onDone = (answer: Resource): Promise<unknown> => {
    onAnswer(answer);
    return forget(
      queries,
      libraryApi.listResources,
      reviewApi.listReviews,
      reviewApi.getWorkbench,
      reviewApi.listResponsibility,
      ...[sitesApi.listJointReleases, sitesApi.listTakeDowns],
    );
  };
  const submit = useAct<Handing, Resource | null>({
    act: async ({ reasons, urgentWish }) => {
      // What is submitted is what is on the screen, or nothing is.
      if (!(await onSave())) {
        void message.warning('修改还没有保存成功，请先处理，再提交审核。');
        return null;
      }
      const fresh = await client.call(libraryApi.getResource, { params });
      const body = {
        expectedVersion: fresh.version,
        reasons: [...reasons],
        ...(urgentWish === undefined ? {} : { urgentWish }),
      };
      return client.call(reviewApi.submitResource, { params, body });
    },
    onDone: async (answer) => {
      if (answer === null) return;
      onProblems([]);
      onFindings(null);
      window.scrollTo({ top: 0 });
      void message.success('已提交审核');
      await onDone(answer);
    },
    onRefused: (error) => {
      const refused = refusedSubmission(error);
      onFindings(refused);
      if (refused !== null) return true;
      const problems = fieldProblemsOf(error);
      onProblems(problems);
      if (problems.length > 0) window.scrollTo({ top: 0 });
      return problems.length > 0;
    },
  });
  return {
    submit,
    withdraw: useAct<string, Resource>({
      act: (reason) =>
        client.call(libraryApi.withdrawResource, {
          params,
          body: { expectedVersion: state.version, reason },
        }),
      done: '已撤回，网站上各处同时撤下',
      onDone,
    }),
    takeDown: useAct<string, Resource>({
      act: (reason) =>
        client.call(sitesApi.takeDownResource, {
          params,
          body: { expectedVersion: state.version, reason },
        }),
      done: '已下架，网站上各处同时撤下，责任单位的工作台会收到通知',
      onDone,
    }),
    discard: useDeed<Resource>({
      act: () => client.call(libraryApi.discardResource, expected),
      done: '草稿已删除，30 天内可以恢复',
      onDone,
    }),
    restore: useDeed<Resource>({
      act: () => client.call(libraryApi.restoreResource, expected),
      done: '草稿已恢复',
      onDone,
    }),
  };
}
