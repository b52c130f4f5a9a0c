import { Alert, Select } from 'antd';
import { useState } from 'react';

import type { OpennessAssessment, OpennessForm } from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import { type NewDecision, type Review, reviewApi } from '../../../contracts/review.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AssessedForm } from './assessed-form.tsx';
import { AssessmentFields } from './assessment-fields.tsx';
import {
  type AssessmentDraft,
  assessmentOf,
  beginAssessment,
  type Lack,
  lackOf,
} from './assessment-state.ts';
import { DecisionBar, givingBack } from './decision-bar.tsx';
import { focusOn } from './focus-on.ts';
import { NoteField } from './openness-fields.tsx';
import { type ProofDraft, SigningFields } from './signing-fields.tsx';

interface Props {
  readonly review: Review;
  readonly onDecided: (review: Review) => void;
  /** Somebody decided or changed it meanwhile: what is on the screen is not what is. */
  readonly onOutdated: () => void;
}

/** The form of this step and the two ways out, each in one act. */
export function DecisionPanel(props: Props) {
  const { review } = props;
  const stepName = review.steps[review.step]?.name ?? '审核';
  return (
    <section className="side-section decision" aria-labelledby="decision-title">
      <h2 id="decision-title">
        {stepName}意见{isAfterwards(review) ? '（补审）' : ''}
      </h2>
      <AssessedForm reviewId={review.id}>
        {({ key, form, before }) => <DecisionForm {...props} key={key} form={form} before={before} />}
      </AssessedForm>
    </section>
  );
}

/** It is public already: nobody returns it, and whoever finds it wrong objects. */
const isAfterwards = ({ state }: Review): boolean => state === 'retrospective';

interface FormProps extends Props {
  readonly form: OpennessForm;
  readonly before: OpennessAssessment | undefined;
}

interface Draft {
  readonly assessment: AssessmentDraft;
  readonly reason: string;
  readonly proof: ProofDraft;
  /** The earlier step to which the work goes back; null: to its author. */
  readonly backTo: number | null;
}

function DecisionForm({ review, form, before, onDecided, onOutdated }: FormProps) {
  const client = useClient();
  const isLast = review.step >= review.steps.length - 1;
  const [draft, setDraft] = useState<Draft>({
    assessment: beginAssessment(form, before, review.revision.content.openMode),
    reason: '',
    proof: { method: 'password', secret: '' },
    backTo: null,
  });
  const [lack, setLack] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    setLack(null);
  };
  const decide = useAct<NewDecision, Review>({
    act: (body) => client.call(reviewApi.decideReview, { params: { id: review.id }, body }),
    done: '审核意见已提交',
    onDone: onDecided,
    onRefused: (error) => {
      change({ proof: { ...draft.proof, secret: '' } });
      if (error instanceof ApiError && error.status === 409) onOutdated();
      return false;
    },
  });
  const afterwards = isAfterwards(review);
  const standing = { draft, isLast, afterwards };
  const send = (action: NewDecision['action']): void => {
    const lacking = lackFor(action, { ...standing, form, isOpposed: review.isOpposed });
    setLack(lacking?.sentence ?? null);
    if (lacking === null) decide.mutate(decisionOf(action, { ...standing, review }));
    else focusOn(lacking.field);
  };
  const withholds = isWithheld(standing);
  const approves = review.actions.includes('approve') && !withholds;
  return (
    <>
      <InWhosePlace review={review} />
      <AssessmentFields
        form={form}
        before={before}
        draft={draft.assessment}
        onChange={(assessment) => {
          change({ assessment });
        }}
      />
      <div className="stack">
        <NoteField
          id="decision-reason"
          label={reasonLabel(review)}
          maxLength={1000}
          value={draft.reason}
          onChange={(reason) => {
            change({ reason });
          }}
        />
        {review.actions.includes('send-back') && !withholds ? (
          <ReturnTarget
            review={review}
            backTo={draft.backTo}
            onChange={(backTo) => {
              change({ backTo });
            }}
          />
        ) : null}
        {withholds ? (
          <Withheld draft={draft.assessment} months={form.reassessMonths} afterwards={afterwards} />
        ) : null}
        {isLast && approves ? (
          <SigningFields
            proof={draft.proof}
            onChange={(proof) => {
              change({ proof });
            }}
            onEnter={() => {
              send('approve');
            }}
          />
        ) : null}
        <p role="alert" className="problem">
          {lack}
        </p>
      </div>
      <DecisionBar
        giving={givingBack(review, { withholds, backTo: draft.backTo })}
        approves={approves ? (isLast ? '签发' : '通过') : null}
        pending={decide.isPending ? decide.variables.action : null}
        onSend={send}
      />
    </>
  );
}

/** When an opinion has to be written. */
function reasonLabel(review: Review): string {
  const giving = isAfterwards(review) ? '不通过' : '退回';
  return review.isOpposed ? `意见（有单位不同意，通过、${giving}都必填）` : `意见（${giving}时必填）`;
}

function InWhosePlace({ review: { onBehalfOf } }: { readonly review: Review }) {
  if (onBehalfOf === null) return null;
  return (
    <Alert type="warning" className="form-alert" title={`您代${onBehalfOf.name}办理，记录中写明两人。`} />
  );
}

interface WithheldProps {
  readonly draft: AssessmentDraft;
  readonly months: number;
  readonly afterwards: boolean;
}

/** Why there is no signature, and what becomes of the work. */
function Withheld({ draft, months, afterwards }: WithheldProps) {
  const mode = draft.openMode ?? '';
  if (afterwards) {
    return (
      <Alert
        type="warning"
        showIcon
        title={`信息已经公开，认定为“${mode}”的不能通过。请选“补审不通过”，由本单位撤下。`}
      />
    );
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={`认定为“${mode}”的不能签发。退回后留在信息资源库中不公开，${String(months)} 个月内重新评估。`}
    />
  );
}

interface TargetProps {
  readonly review: Review;
  readonly backTo: number | null;
  readonly onChange: (backTo: number | null) => void;
}

const toAuthor = -1;

/** To whom a work goes back: its author, or a step that was taken already. */
function ReturnTarget({ review, backTo, onChange }: TargetProps) {
  const earlier = review.steps.slice(0, review.step);
  return (
    <>
      <label htmlFor="check-backTo">退回到</label>
      <Select<number>
        id="check-backTo"
        value={backTo ?? toAuthor}
        options={[
          { value: toAuthor, label: '作者（修改后重新送审）' },
          ...earlier.map(({ name }, step) => ({ value: step, label: `${name}（从这一步重新审核）` })),
        ]}
        onChange={(step) => {
          onChange(step === toAuthor ? null : step);
        }}
      />
    </>
  );
}

interface Standing {
  readonly draft: Draft;
  readonly isLast: boolean;
  readonly afterwards: boolean;
}

interface Asked {
  readonly form: OpennessForm;
  /** A unit that was asked does not agree. */
  readonly isOpposed: boolean;
}

/** The last step finds that it must not be open: it is returned with that finding, and stays in the library. */
function isWithheld({ draft: { assessment }, isLast, afterwards }: Standing): boolean {
  return (isLast || afterwards) && assessment.openMode !== null && assessment.openMode !== openToAll;
}

function lackFor(
  action: NewDecision['action'],
  { form, isOpposed, ...standing }: Standing & Asked,
): Lack | null {
  const { draft, isLast, afterwards } = standing;
  const isSilent = draft.reason.trim().length < 2;
  if (action === 'approve' && isOpposed && isSilent)
    return { field: 'decision-reason', sentence: '有单位会签不同意，请写明继续办理的理由' };
  if (action !== 'approve') {
    if (isSilent)
      return {
        field: 'decision-reason',
        sentence: afterwards ? '补审不通过要写明理由，本单位的签发人会看到' : '退回要写明理由，写稿人会看到',
      };
    return isWithheld(standing) ? lackOf(form, draft.assessment) : null;
  }
  const lacking = lackOf(form, draft.assessment);
  if (lacking !== null || !isLast || draft.proof.secret !== '') return lacking;
  return { field: 'sign-secret', sentence: '签发要重新输入密码或者动态口令确认' };
}

function decisionOf(
  action: NewDecision['action'],
  { review, ...standing }: Standing & { readonly review: Review },
): NewDecision {
  const { draft, isLast } = standing;
  const reason = draft.reason.trim();
  const assessment =
    action === 'approve' || isWithheld(standing) ? assessmentOf(draft.assessment) : undefined;
  return {
    action,
    step: review.step,
    revisionDigest: review.revision.digest,
    ...(action === 'send-back' && draft.backTo !== null ? { backTo: draft.backTo } : {}),
    ...(review.onBehalfOf === null ? {} : { onBehalfOf: review.onBehalfOf.id }),
    ...(reason === '' ? {} : { reason }),
    ...(assessment === undefined ? {} : { assessment }),
    ...(action === 'approve' && isLast ? { proof: draft.proof } : {}),
  };
}
