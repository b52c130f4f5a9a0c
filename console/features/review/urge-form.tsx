import { Button } from 'antd';
import { useState } from 'react';

import { type Review, reviewApi } from '../../../contracts/review.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import { NoteField } from './openness-fields.tsx';

interface Props {
  readonly review: Review;
  readonly onUrged: (review: Review) => void;
}

/** For whom an overdue step was escalated to: they urge those who are asked, and decide nothing. */
export function UrgeForm({ review, onUrged }: Props) {
  const client = useClient();
  const [note, setNote] = useState('');
  const urge = useAct<string, Review>({
    act: (said) =>
      client.call(reviewApi.urgeReview, {
        params: { id: review.id },
        body: said.trim() === '' ? {} : { note: said.trim() },
      }),
    done: '已催办，等着办理的人会在工作台上看到',
    onDone: (answer) => {
      setNote('');
      onUrged(answer);
    },
  });
  return (
    <section className="side-section" aria-labelledby="urge-title">
      <h2 id="urge-title">超期催办</h2>
      <p className="hint">
        {review.steps[review.step]?.name}已超期，报告给了您。您可以催办，每天一次；办理仍由轮到的人进行。
      </p>
      <div className="stack">
        <NoteField id="urge-note" label="留言（可不填）" maxLength={200} value={note} onChange={setNote} />
        <Button
          type="primary"
          loading={urge.isPending}
          onClick={() => {
            urge.mutate(note);
          }}
        >
          催办
        </Button>
      </div>
    </section>
  );
}
