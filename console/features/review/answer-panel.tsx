import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Radio } from 'antd';
import { useState } from 'react';

import { type NewAnswer, type Opinion, type Stance, stanceNames } from '../../../contracts/opinion.ts';
import { type Review, reviewApi } from '../../../contracts/review.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { NoteField } from './openness-fields.tsx';
import { forgetOpinions, limitText } from './opinion-texts.ts';

const stances = ['agree', 'amend', 'oppose'] as const;
const panelId = (id: string): string => `opinion-${id}`;

interface Props {
  readonly review: Review;
  readonly opinion: Opinion;
}

/** On a phone the text comes first: what is asked stands above it, with the way to the answer below. */
export function AnswerNotice({ review, opinion }: Props) {
  return (
    <Alert
      type={opinion.overdue ? 'warning' : 'info'}
      showIcon
      className="form-alert"
      title={`${review.unitName}请${opinion.unitName}会签：${opinion.question}`}
      description={limitText(opinion)}
      action={
        <a className="action-link" href={`#${panelId(opinion.id)}`}>
          去答复
        </a>
      }
    />
  );
}

/** The one answer of the unit that is asked. */
export function AnswerPanel({ review, opinion }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [stance, setStance] = useState<Stance | null>(null);
  const [text, setText] = useState('');
  const [lack, setLack] = useState<string | null>(null);
  const give = useAct<NewAnswer, Opinion>({
    act: (body) => client.call(reviewApi.giveOpinion, { params: { id: opinion.id }, body }),
    done: '会签意见已提交',
    onDone: () => forgetOpinions(queries),
    onRefused: (error) => {
      if (error instanceof ApiError && error.status === 409) void forgetOpinions(queries);
      return false;
    },
  });
  const textId = `${panelId(opinion.id)}-text`;
  const send = (): void => {
    const lacking = lackOf(stance, text);
    setLack(lacking);
    if (stance === null || lacking !== null) {
      document.getElementById(stance === null ? panelId(opinion.id) : textId)?.focus();
      return;
    }
    give.mutate({
      stance,
      revisionDigest: review.revision.digest,
      ...(text.trim() === '' ? {} : { text: text.trim() }),
      ...(opinion.onBehalfOf === null ? {} : { onBehalfOf: opinion.onBehalfOf.id }),
    });
  };
  return (
    <section
      className="side-section"
      id={panelId(opinion.id)}
      tabIndex={-1}
      aria-labelledby={`${panelId(opinion.id)}-title`}
    >
      <h2 id={`${panelId(opinion.id)}-title`}>{opinion.unitName}会签意见</h2>
      <p>{opinion.question}</p>
      <p className={opinion.overdue ? 'problem' : 'hint'}>{limitText(opinion)}</p>
      {opinion.onBehalfOf === null ? null : (
        <Alert
          type="warning"
          className="form-alert"
          title={`您代${opinion.onBehalfOf.name}答复，记录中写明两人。`}
        />
      )}
      <div className="stack">
        <Radio.Group
          aria-label="会签意见"
          vertical
          value={stance}
          options={stances.map((value) => ({ value, label: stanceNames[value] }))}
          onChange={(event) => {
            setStance(event.target.value as Stance);
            setLack(null);
          }}
        />
        <NoteField
          id={textId}
          label={stance === 'agree' ? '意见（可不填）' : '意见（有修改意见或者不同意时必填）'}
          maxLength={1000}
          value={text}
          onChange={(written) => {
            setText(written);
            setLack(null);
          }}
        />
        <p role="alert" className="problem">
          {lack}
        </p>
      </div>
      <Button size="large" type="primary" block loading={give.isPending} onClick={send}>
        提交会签意见
      </Button>
      <p className="hint">一个单位答复一次，提交后不能修改。</p>
    </section>
  );
}

function lackOf(stance: Stance | null, text: string): string | null {
  if (stance === null) return '请选择是否同意';
  return stance !== 'agree' && text.trim() === '' ? '有修改意见或者不同意的，请写明意见' : null;
}
