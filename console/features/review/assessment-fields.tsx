import { Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';

import {
  type OpennessAssessment,
  type OpennessForm,
  type SecrecyAnswer,
  type SecrecyItem,
  secrecyAnswerNames,
} from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import { minuteText } from '../../lib/time.ts';
import { type AnswerDraft, answerRestNo, type AssessmentDraft } from './assessment-state.ts';
import { NoteField, OpennessFields } from './openness-fields.tsx';

interface Props {
  readonly form: OpennessForm;
  readonly before: OpennessAssessment | undefined;
  readonly draft: AssessmentDraft;
  readonly onChange: (draft: AssessmentDraft) => void;
}

/** 公开属性认定 and 保密审查: answered once, and by whoever comes after confirmed or changed. */
export function AssessmentFields({ form, before, draft, onChange }: Props) {
  const [isUnfolded, setUnfolded] = useState(before === undefined);
  return (
    <div className="stack">
      <OpennessFields
        id="assess"
        reasons={form.reasons}
        openMode={draft.openMode}
        reasonKey={draft.reasonKey}
        onMode={(openMode) => {
          onChange({ ...draft, openMode, reasonKey: null });
        }}
        onReason={(reasonKey) => {
          onChange({ ...draft, reasonKey });
        }}
      />
      {draft.openMode === null || draft.openMode === openToAll ? null : (
        <NoteField
          id="assess-note"
          label="具体说明"
          maxLength={500}
          value={draft.reasonNote}
          onChange={(reasonNote) => {
            onChange({ ...draft, reasonNote });
          }}
        />
      )}
      <div className="checklist-head">
        <h3 className="minor">保密审查</h3>
        {isUnfolded ? (
          <Button
            size="small"
            onClick={() => {
              onChange(answerRestNo(draft));
            }}
          >
            其余都答“否”
          </Button>
        ) : (
          <Button
            size="small"
            onClick={() => {
              setUnfolded(true);
            }}
          >
            逐项修改
          </Button>
        )}
      </div>
      {isUnfolded ? (
        form.items.map((item) => (
          <SecrecyQuestion
            key={item.key}
            item={item}
            given={draft.answers[item.key] ?? { answer: null, remark: '' }}
            onChange={(given) => {
              onChange({ ...draft, answers: { ...draft.answers, [item.key]: given } });
            }}
          />
        ))
      ) : (
        <AnswerSummary form={form} draft={draft} />
      )}
      {before === undefined ? null : (
        <Checkbox
          id="assess-confirmed"
          checked={draft.confirmed}
          onChange={(event) => {
            onChange({ ...draft, confirmed: event.target.checked });
          }}
        >
          我已复核{before.stepName}（{before.assessedByName}，{minuteText(before.assessedAt)}
          ）的认定和保密审查，以上面填写的为准
        </Checkbox>
      )}
    </div>
  );
}

interface QuestionProps {
  readonly item: SecrecyItem;
  readonly given: AnswerDraft;
  readonly onChange: (given: AnswerDraft) => void;
}

function SecrecyQuestion({ item, given, onChange }: QuestionProps) {
  const id = `assess-${item.key}`;
  return (
    <fieldset className="plain-fieldset checklist-item">
      <legend>
        {item.name}
        <span className="hint">{item.question}</span>
      </legend>
      <Radio.Group
        id={id}
        name={id}
        value={given.answer}
        options={Object.entries(secrecyAnswerNames).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          onChange({ ...given, answer: event.target.value as SecrecyAnswer });
        }}
      />
      {given.answer === null || given.answer === 'no' ? null : (
        <NoteField
          id={`${id}-remark`}
          label={given.answer === 'treated' ? '怎样处理的' : '什么情况'}
          maxLength={300}
          value={given.remark}
          onChange={(remark) => {
            onChange({ ...given, remark });
          }}
        />
      )}
    </fieldset>
  );
}

/** What the step before answered, in one sentence and its exceptions. */
function AnswerSummary({ form, draft }: { readonly form: OpennessForm; readonly draft: AssessmentDraft }) {
  const answerOf = (key: string) => draft.answers[key]?.answer ?? null;
  const found = form.items.filter(({ key }) => answerOf(key) !== 'no');
  return (
    <>
      <p className="checklist-sum">
        {form.items.length} 项
        {found.length === 0
          ? '全部为“否”。'
          : `，其中 ${String(form.items.length - found.length)} 项为“否”：`}
      </p>
      {found.length === 0 ? null : (
        <ul className="plain-list">
          {found.map(({ key, name }) => {
            const answer = answerOf(key);
            return (
              <li key={key}>
                {name}：{answer === null ? '还没有回答' : secrecyAnswerNames[answer]}
                {draft.answers[key]?.remark === '' ? '' : `（${draft.answers[key]?.remark ?? ''}）`}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
