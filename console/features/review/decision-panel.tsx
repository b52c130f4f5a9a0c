import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';

import { type OpennessAssessment, opennessApi, type OpennessForm } from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import { type NewDecision, type Review, reviewApi } from '../../../contracts/review.ts';
import { ApiError } from '../../lib/api-error.ts';
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
  const client = useClient();
  const { review } = props;
  const form = useQuery({ ...queryFor(client, opennessApi.getOpennessForm, {}), staleTime: 60_000 });
  const before = useQuery(
    queryFor(client, opennessApi.listOpennessAssessments, { params: { id: review.id } }),
  );
  const stepName = review.steps[review.step]?.name ?? '审核';
  return (
    <section className="side-section decision" aria-labelledby="decision-title">
      <h2 id="decision-title">{stepName}意见</h2>
      <Loaded query={form} rows={4}>
        {(asked) => (
          <Loaded query={before} rows={4}>
            {(list) => {
              const newest = list.at(-1);
              // Another assessment is another form: what it began with is no longer what stands.
              return (
                <DecisionForm {...props} key={newest?.assessedAt ?? 'first'} form={asked} before={newest} />
              );
            }}
          </Loaded>
        )}
      </Loaded>
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
  const send = (action: NewDecision['action']): void => {
    const lacking = lackFor(action, { draft, form, isLast, isOpposed: review.isOpposed });
    setLack(lacking?.sentence ?? null);
    if (lacking === null) decide.mutate(decisionOf(action, { draft, review, isLast }));
    else focusOn(lacking.field);
  };
  const isUnder = (action: NewDecision['action']): boolean =>
    decide.isPending && decide.variables.action === action;
  const withholds = isWithheld({ draft, isLast });
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
        {withholds ? <Withheld draft={draft.assessment} months={form.reassessMonths} /> : null}
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
      <div className="decision-bar">
        {review.actions.includes('return') ? (
          <Button
            size="large"
            danger
            loading={isUnder('return') || isUnder('send-back')}
            disabled={decide.isPending}
            onClick={() => {
              send(draft.backTo === null || withholds ? 'return' : 'send-back');
            }}
          >
            {withholds ? '不公开，退回' : '退回'}
          </Button>
        ) : null}
        {approves ? (
          <Button
            size="large"
            type="primary"
            loading={isUnder('approve')}
            disabled={decide.isPending}
            onClick={() => {
              send('approve');
            }}
          >
            {isLast ? '签发' : '通过'}
          </Button>
        ) : null}
      </div>
    </>
  );
}

const reasonLabel = ({ isOpposed }: Review): string =>
  isOpposed ? '意见（有单位不同意，通过、退回都必填）' : '意见（退回时必填）';

function InWhosePlace({ review: { onBehalfOf } }: { readonly review: Review }) {
  if (onBehalfOf === null) return null;
  return (
    <Alert type="warning" className="form-alert" title={`您代${onBehalfOf.name}办理，记录中写明两人。`} />
  );
}

/** Why there is no signature, and what becomes of the work. */
function Withheld({ draft, months }: { readonly draft: AssessmentDraft; readonly months: number }) {
  const mode = draft.openMode ?? '';
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
}

interface Asked {
  readonly form: OpennessForm;
  /** A unit that was asked does not agree. */
  readonly isOpposed: boolean;
}

/** The last step finds that it must not be open: it is returned with that finding, and stays in the library. */
function isWithheld({ draft: { assessment }, isLast }: Standing): boolean {
  return isLast && assessment.openMode !== null && assessment.openMode !== openToAll;
}

function lackFor(
  action: NewDecision['action'],
  { draft, form, isLast, isOpposed }: Standing & Asked,
): Lack | null {
  const isSilent = draft.reason.trim().length < 2;
  if (action === 'approve' && isOpposed && isSilent)
    return { field: 'decision-reason', sentence: '有单位会签不同意，请写明继续办理的理由' };
  if (action !== 'approve') {
    if (isSilent) return { field: 'decision-reason', sentence: '退回要写明理由，写稿人会看到' };
    return isWithheld({ draft, isLast }) ? lackOf(form, draft.assessment) : null;
  }
  const lacking = lackOf(form, draft.assessment);
  if (lacking !== null || !isLast || draft.proof.secret !== '') return lacking;
  return { field: 'sign-secret', sentence: '签发要重新输入密码或者动态口令确认' };
}

function decisionOf(
  action: NewDecision['action'],
  { draft, review, isLast }: Standing & { readonly review: Review },
): NewDecision {
  const reason = draft.reason.trim();
  const assessment =
    action === 'approve' || isWithheld({ draft, isLast }) ? assessmentOf(draft.assessment) : undefined;
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
