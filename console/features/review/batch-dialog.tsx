import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';

import { openToAll } from '../../../contracts/library.ts';
import { opennessApi, type OpennessForm } from '../../../contracts/openness.ts';
import {
  type BatchApproval,
  type BatchResult,
  reviewApi,
  type ReviewSummary,
} from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AssessmentFields } from './assessment-fields.tsx';
import {
  type AssessmentDraft,
  assessmentOf,
  beginAssessment,
  type Lack,
  lackOf,
} from './assessment-state.ts';
import { BatchResults } from './batch-results.tsx';
import { focusOn } from './focus-on.ts';
import { NoteField } from './openness-fields.tsx';
import { type ProofDraft, SigningFields } from './signing-fields.tsx';

interface Props {
  /** What was chosen; each has been read. */
  readonly works: readonly ReviewSummary[];
  /** With what became of them, once that was read. */
  readonly onDecided: () => void;
  readonly onClose: () => void;
}

/** What is approved together, what is said of all of it, and then what became of each. */
export function BatchDialog(props: Props) {
  const client = useClient();
  const form = useQuery({ ...queryFor(client, opennessApi.getOpennessForm, {}), staleTime: 60_000 });
  return form.data === undefined ? (
    <Modal open title="一起审核" footer={null} onCancel={props.onClose}>
      <Loaded query={form} rows={4}>
        {() => null}
      </Loaded>
    </Modal>
  ) : (
    <BatchForm {...props} form={form.data} />
  );
}

interface Draft {
  readonly assessment: AssessmentDraft;
  readonly reason: string;
  readonly proof: ProofDraft;
}

const isLastOf = ({ step, steps }: ReviewSummary): boolean => step >= steps.length - 1;
const noProof: ProofDraft = { method: 'password', secret: '' };

function BatchForm({ works, form, onDecided, onClose }: Props & { readonly form: OpennessForm }) {
  const client = useClient();
  const [draft, setDraft] = useState<Draft>({
    assessment: beginAssessment(form, undefined, openToAll),
    reason: '',
    proof: noProof,
  });
  const [lack, setLack] = useState<string | null>(null);
  const signs = works.some(isLastOf);
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    setLack(null);
  };
  const approve = useAct<BatchApproval, BatchResult>({
    act: (body) => client.call(reviewApi.approveTogether, { body }),
    onRefused: () => {
      change({ proof: { ...draft.proof, secret: '' } });
      return false;
    },
  });
  const send = (): void => {
    const lacking = lackOfBatch(form, { draft, signs });
    setLack(lacking?.sentence ?? null);
    if (lacking === null) approve.mutate(approvalOf(works, { draft, signs }));
    else focusOn(lacking.field);
  };
  if (approve.data) {
    return (
      <Modal
        open
        title="一起审核的结果"
        cancelButtonProps={{ hidden: true }}
        okText="知道了"
        onOk={onDecided}
        onCancel={onDecided}
      >
        <BatchResults works={works} result={approve.data} onLeave={onDecided} />
      </Modal>
    );
  }
  return (
    <Modal
      open
      width={640}
      title={`一起${signs ? '签发' : '通过'} ${String(works.length)} 篇`}
      okText={signs ? '签发以上各篇' : '通过以上各篇'}
      confirmLoading={approve.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <h2 className="minor" id="batch-works">
        选中的稿件
      </h2>
      <ol className="batch-works" aria-labelledby="batch-works">
        {works.map((one) => (
          <li key={one.id}>
            {one.title}
            <span className="hint">
              {one.steps[one.step]?.name} · {one.unitName}
            </span>
          </li>
        ))}
      </ol>
      <p className="hint batch-note">
        下面填写的认定和保密审查对以上各篇都适用，分别记入各篇。各篇分别办理，一篇没有办成不影响其他。
      </p>
      <AssessmentFields
        form={form}
        before={undefined}
        draft={draft.assessment}
        onChange={(assessment) => {
          change({ assessment });
        }}
      />
      <div className="stack">
        <NoteField
          id="batch-reason"
          label="意见（可不填）"
          maxLength={1000}
          value={draft.reason}
          onChange={(reason) => {
            change({ reason });
          }}
        />
        {signs ? (
          <SigningFields
            proof={draft.proof}
            onChange={(proof) => {
              change({ proof });
            }}
            onEnter={send}
          />
        ) : null}
        <p role="alert" className="problem">
          {lack}
        </p>
      </div>
    </Modal>
  );
}

interface Standing {
  readonly draft: Draft;
  readonly signs: boolean;
}

function lackOfBatch(form: OpennessForm, { draft, signs }: Standing): Lack | null {
  const lacking = lackOf(form, draft.assessment);
  if (lacking !== null || !signs || draft.proof.secret !== '') return lacking;
  return { field: 'sign-secret', sentence: '签发要重新输入密码或者动态口令确认' };
}

function approvalOf(works: readonly ReviewSummary[], { draft, signs }: Standing): BatchApproval {
  const assessment = assessmentOf(draft.assessment);
  if (!assessment) throw new Error('a form that lacks nothing has an assessment');
  const reason = draft.reason.trim();
  return {
    items: works.map(({ id, step, revisionDigest }) => ({ reviewId: id, step, revisionDigest })),
    assessment,
    ...(reason === '' ? {} : { reason }),
    ...(signs ? { proof: draft.proof } : {}),
  };
}
