import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';

import { openModes } from '../../../contracts/library.ts';
import { type NewDecision, type Review, reviewApi } from '../../../contracts/review.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

type Openness = (typeof openModes)[number];

interface Props {
  readonly review: Review;
  readonly onDecided: (review: Review) => void;
  /** Somebody decided or changed it meanwhile: what is on the screen is not what is. */
  readonly onOutdated: () => void;
}

interface Checks {
  readonly openness: Openness | null;
  readonly opennessChecked: boolean;
  readonly secrecyChecked: boolean;
  readonly reason: string;
  /** The earlier step to which the work goes back; null: to its author. */
  readonly backTo: number | null;
}

const missing = {
  openness: '请先选择公开属性',
  opennessChecked: '请确认公开属性认定',
  secrecyChecked: '请确认保密审查',
  reason: '退回要写明理由，写稿人会看到',
} as const;
type Missing = keyof typeof missing;

/** What keeps an approval or a return from being sent, in the order of the screen. */
function missingFor(action: NewDecision['action'], checks: Checks): Missing | null {
  if (action !== 'approve') return checks.reason.trim().length < 2 ? 'reason' : null;
  if (checks.openness === null) return 'openness';
  if (!checks.opennessChecked) return 'opennessChecked';
  return checks.secrecyChecked ? null : 'secrecyChecked';
}

function decisionOf(action: NewDecision['action'], checks: Checks, review: Review): NewDecision {
  const reason = checks.reason.trim();
  return {
    action,
    step: review.step,
    revisionDigest: review.revision.digest,
    ...(action === 'send-back' && checks.backTo !== null ? { backTo: checks.backTo } : {}),
    ...(review.onBehalfOf === null ? {} : { onBehalfOf: review.onBehalfOf.id }),
    ...(reason === '' ? {} : { reason }),
    ...(checks.openness === null ? {} : { openness: checks.openness }),
    opennessChecked: checks.opennessChecked,
    secrecyChecked: checks.secrecyChecked,
  };
}

/** The checklist and the two ways out, each in one step. */
export function DecisionPanel({ review, onDecided, onOutdated }: Props) {
  const client = useClient();
  const given = review.revision.content.openMode;
  const [checks, setChecks] = useState<Checks>({
    openness: openModes.find((mode) => mode === given) ?? null,
    opennessChecked: false,
    secrecyChecked: false,
    reason: '',
    backTo: null,
  });
  const [lacking, setLacking] = useState<Missing | null>(null);
  const change = (part: Partial<Checks>): void => {
    setChecks({ ...checks, ...part });
    setLacking(null);
  };
  const isLast = review.step >= review.steps.length - 1;
  const decide = useAct<NewDecision, Review>({
    act: (body) => client.call(reviewApi.decideReview, { params: { id: review.id }, body }),
    done: '审核意见已提交',
    onDone: onDecided,
    onRefused: (error) => {
      if (error instanceof ApiError && error.status === 409) onOutdated();
      return false;
    },
  });
  const send = (action: NewDecision['action']): void => {
    const what = missingFor(action, checks);
    setLacking(what);
    if (what === null) decide.mutate(decisionOf(action, checks, review));
    else document.getElementById(`check-${what}`)?.focus();
  };
  const isUnder = (action: NewDecision['action']): boolean =>
    decide.isPending && decide.variables.action === action;
  const stepName = review.steps[review.step]?.name ?? '审核';
  return (
    <section className="side-section decision" aria-labelledby="decision-title">
      <h2 id="decision-title">{stepName}意见</h2>
      {review.onBehalfOf === null ? null : (
        <Alert
          type="warning"
          className="form-alert"
          title={`您代${review.onBehalfOf.name}办理，记录中写明两人。`}
        />
      )}
      <div className="stack">
        <label htmlFor="check-openness">公开属性认定</label>
        <Select<Openness>
          id="check-openness"
          value={checks.openness}
          placeholder="请选择"
          options={openModes.map((mode) => ({ value: mode, label: mode }))}
          onChange={(openness) => {
            change({ openness });
          }}
        />
        <Checkbox
          id="check-opennessChecked"
          checked={checks.opennessChecked}
          onChange={(event) => {
            change({ opennessChecked: event.target.checked });
          }}
        >
          已认定公开属性，依据充分
        </Checkbox>
        <Checkbox
          id="check-secrecyChecked"
          checked={checks.secrecyChecked}
          onChange={(event) => {
            change({ secrecyChecked: event.target.checked });
          }}
        >
          已作保密审查：不含国家秘密、工作秘密、商业秘密和个人隐私
        </Checkbox>
        <label htmlFor="check-reason">意见（退回时必填）</label>
        <Input.TextArea
          id="check-reason"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={checks.reason}
          onChange={(event) => {
            change({ reason: event.target.value });
          }}
        />
        {review.actions.includes('send-back') ? (
          <ReturnTarget
            review={review}
            backTo={checks.backTo}
            onChange={(backTo) => {
              change({ backTo });
            }}
          />
        ) : null}
        <p role="alert" className="problem">
          {lacking === null ? '' : missing[lacking]}
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
              send(checks.backTo === null ? 'return' : 'send-back');
            }}
          >
            退回
          </Button>
        ) : null}
        {review.actions.includes('approve') ? (
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
    </section>
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
