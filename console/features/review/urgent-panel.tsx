import { Alert, Button } from 'antd';
import { useState } from 'react';

import type { OpennessAssessment, OpennessForm } from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import { type NewUrgentRelease, type Review, reviewApi } from '../../../contracts/review.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AssessedForm } from './assessed-form.tsx';
import { focusOn } from './focus-on.ts';
import { AssessmentFields } from './assessment-fields.tsx';
import {
  type AssessmentDraft,
  assessmentOf,
  beginAssessment,
  type Lack,
  lackOf,
} from './assessment-state.ts';
import { NoteField } from './openness-fields.tsx';
import { type ProofDraft, SigningFields } from './signing-fields.tsx';

interface Props {
  readonly review: Review;
  readonly onReleased: (review: Review) => void;
  /** Somebody decided meanwhile. */
  readonly onOutdated: () => void;
  readonly onCancel: () => void;
}

/** 紧急发布: reason, finding and proof, in one act. */
export function UrgentPanel(props: Props) {
  return (
    <section className="side-section decision" aria-labelledby="urgent-title">
      <h2 id="urgent-title">紧急发布</h2>
      <Alert
        type="warning"
        showIcon
        className="form-alert"
        title={`您一人签发，信息马上公开。没办的环节由其他人在 ${String(props.review.urgentHours ?? 0)} 小时内补审，发布以后不能撤回审核。`}
      />
      <AssessedForm reviewId={props.review.id}>
        {({ key, form, before }) => <UrgentForm {...props} key={key} form={form} before={before} />}
      </AssessedForm>
    </section>
  );
}

interface FormProps extends Props {
  readonly form: OpennessForm;
  readonly before: OpennessAssessment | undefined;
}

interface Draft {
  readonly assessment: AssessmentDraft;
  readonly reason: string;
  readonly proof: ProofDraft;
}

function UrgentForm({ review, form, before, onReleased, onOutdated, onCancel }: FormProps) {
  const client = useClient();
  const [draft, setDraft] = useState<Draft>({
    assessment: beginAssessment(form, before, review.revision.content.openMode),
    reason: review.urgentWish ?? '',
    proof: { method: 'password', secret: '' },
  });
  const [lack, setLack] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    setLack(null);
  };
  const release = useAct<NewUrgentRelease, Review>({
    act: (body) => client.call(reviewApi.releaseUrgently, { params: { id: review.id }, body }),
    done: '已紧急发布，等待补审',
    onDone: onReleased,
    onRefused: (error) => {
      change({ proof: { ...draft.proof, secret: '' } });
      if (error instanceof ApiError && error.status === 409) onOutdated();
      return false;
    },
  });
  const send = (): void => {
    const lacking = lackFor(form, draft);
    setLack(lacking?.sentence ?? null);
    const assessment = assessmentOf(draft.assessment);
    if (lacking !== null) focusOn(lacking.field);
    else if (assessment !== undefined)
      release.mutate({
        step: review.step,
        revisionDigest: review.revision.digest,
        reason: draft.reason.trim(),
        assessment,
        proof: draft.proof,
      });
  };
  return (
    <>
      <div className="stack">
        <NoteField
          id="urgent-reason"
          label="紧急理由（必填，留存备查）"
          maxLength={500}
          value={draft.reason}
          onChange={(reason) => {
            change({ reason });
          }}
        />
      </div>
      <AssessmentFields
        form={form}
        before={before}
        draft={draft.assessment}
        onChange={(assessment) => {
          change({ assessment });
        }}
      />
      <div className="stack">
        <SigningFields
          proof={draft.proof}
          onChange={(proof) => {
            change({ proof });
          }}
          onEnter={send}
          isAtOnce
        />
        <p role="alert" className="problem">
          {lack}
        </p>
      </div>
      <div className="decision-bar">
        <Button size="large" disabled={release.isPending} onClick={onCancel}>
          取消
        </Button>
        <Button size="large" type="primary" danger loading={release.isPending} onClick={send}>
          签发并马上发布
        </Button>
      </div>
    </>
  );
}

function lackFor(form: OpennessForm, { assessment, reason, proof }: Draft): Lack | null {
  if (reason.trim().length < 2)
    return { field: 'urgent-reason', sentence: '请写明为什么等不及审核，至少两个字' };
  const lacking = lackOf(form, assessment);
  if (lacking !== null) return lacking;
  if (assessment.openMode !== openToAll)
    return { field: 'assess-mode', sentence: `只有“${openToAll}”的信息可以发布` };
  return proof.secret === ''
    ? { field: 'sign-secret', sentence: '签发要重新输入密码或者动态口令确认' }
    : null;
}
