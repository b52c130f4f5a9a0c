import { Button, Input, Radio } from 'antd';
import { useState } from 'react';

import { type Correction, interactionApi, type NewAnswer } from '../../../contracts/interaction.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly correction: Correction;
  readonly onAnswered: () => void;
  /** Somebody answered or handed it on meanwhile: what is on the screen is not what is. */
  readonly onOutdated: () => void;
}

const shortest = 5;

/** What became of it, and the words that the citizen reads. */
export function AnswerForm({ correction, onAnswered, onOutdated }: Props) {
  const client = useClient();
  const [outcome, setOutcome] = useState<NewAnswer['outcome'] | null>(null);
  const [reply, setReply] = useState('');
  const [problem, setProblem] = useState('');
  const answer = useAct<NewAnswer, Correction>({
    act: (body) => client.call(interactionApi.answerCorrection, { params: { id: correction.id }, body }),
    done: '答复已发出',
    onDone: onAnswered,
    onRefused: (error) => {
      if (error instanceof ApiError && error.status === 409) onOutdated();
      return false;
    },
  });
  const send = (): void => {
    if (outcome === null) {
      setProblem('请先选择办理结果');
      document.querySelector<HTMLElement>('#answer-outcome input')?.focus();
    } else if (reply.trim().length < shortest) {
      setProblem(
        outcome === 'rejected' ? '请写明不予采纳的原因，至少 5 个字' : '请写明怎样改正的，至少 5 个字',
      );
      document.getElementById('answer-reply')?.focus();
    } else {
      setProblem('');
      answer.mutate({ expectedVersion: correction.version, outcome, reply: reply.trim() });
    }
  };
  return (
    <section className="side-section decision" aria-labelledby="answer-title">
      <h2 id="answer-title">答复群众</h2>
      <div className="stack">
        <Radio.Group
          id="answer-outcome"
          aria-label="办理结果"
          value={outcome}
          onChange={(event) => {
            setOutcome(event.target.value as NewAnswer['outcome']);
            setProblem('');
          }}
          options={[
            { value: 'mended', label: '确有错误，已改正' },
            { value: 'rejected', label: '不予采纳' },
          ]}
        />
        <label htmlFor="answer-reply">答复内容（群众凭查询码可以看到）</label>
        <Input.TextArea
          id="answer-reply"
          autoSize={{ minRows: 4, maxRows: 12 }}
          maxLength={1000}
          showCount
          value={reply}
          onChange={(event) => {
            setReply(event.target.value);
            setProblem('');
          }}
        />
        <p role="alert" className="problem">
          {problem}
        </p>
      </div>
      <div className="decision-bar">
        <Button type="primary" loading={answer.isPending} onClick={send}>
          发出答复
        </Button>
      </div>
      <p className="hint">网页上的错误要先改正、审核、发布，再在这里答复。答复发出后不能修改。</p>
    </section>
  );
}
