import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import type { Opinion, ReviewOpinions } from '../../../contracts/opinion.ts';
import { type Review, reviewApi } from '../../../contracts/review.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useAct } from '../../ui/use-act.ts';
import { AskForm } from './ask-form.tsx';
import { forgetOpinions, limitText, outcomeText } from './opinion-texts.ts';

interface Props {
  readonly review: Review;
  readonly opinions: ReviewOpinions;
}

/** 会签: what was asked of other units and what they say; nothing where there is nothing and nobody may ask. */
export function OpinionSection({ review, opinions }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Opinion | null>(null);
  const { items, mayAsk } = opinions;
  if (items.length === 0 && !mayAsk) return null;
  return (
    <section className="side-section" aria-labelledby="opinions-title">
      <h2 id="opinions-title">会签</h2>
      {items.length === 0 ? <p className="hint">还没有请其他单位会签。</p> : null}
      <ol className="records">
        {items.map((one) => (
          <OpinionItem key={one.id} opinion={one} onWithdraw={setWithdrawn} />
        ))}
      </ol>
      {mayAsk ? (
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          请其他单位会签
        </Button>
      ) : null}
      <AskForm
        review={review}
        onBehalfOf={opinions.onBehalfOf}
        open={isAsking}
        onClose={() => {
          setAsking(false);
        }}
      />
      {withdrawn === null ? null : (
        <WithdrawDialog
          key={withdrawn.id}
          opinion={withdrawn}
          onClose={() => {
            setWithdrawn(null);
          }}
        />
      )}
    </section>
  );
}

interface ItemProps {
  readonly opinion: Opinion;
  readonly onWithdraw: (opinion: Opinion) => void;
}

function OpinionItem({ opinion, onWithdraw }: ItemProps) {
  const isLate = opinion.overdue || opinion.stance === 'oppose';
  return (
    <li>
      <span className={`record-name${isLate ? ' record-returned' : ''}`}>{outcomeText(opinion)}</span>
      <span>
        {opinion.unitName}
        <span className="hint">
          {opinion.stepName} · {opinion.askedByName} {minuteText(opinion.askedAt)} 提出：{opinion.question}
        </span>
        {opinion.state === 'open' ? <OpenHint opinion={opinion} /> : <EndHint opinion={opinion} />}
        {opinion.answer === null ? null : <q>{opinion.answer}</q>}
        {opinion.endReason === null ? null : <q>{opinion.endReason}</q>}
        {opinion.actions.includes('withdraw') ? (
          <Button
            size="small"
            aria-label={`撤回对${opinion.unitName}的会签`}
            onClick={() => {
              onWithdraw(opinion);
            }}
          >
            撤回
          </Button>
        ) : null}
      </span>
    </li>
  );
}

function OpenHint({ opinion }: { readonly opinion: Opinion }) {
  const text = limitText(opinion);
  return text === '' ? null : <span className={opinion.overdue ? 'problem' : 'hint'}>{text}</span>;
}

function EndHint({ opinion }: { readonly opinion: Opinion }) {
  const { endedByName, onBehalfOfName, endedAt, state } = opinion;
  if (endedByName === null || endedAt === null) return null;
  const person = onBehalfOfName === null ? endedByName : `${endedByName}（代${onBehalfOfName}）`;
  const what = { open: '', answered: '', withdrawn: '撤回', unanswered: '继续办理', closed: '办理' }[state];
  return (
    <span className="hint">
      {person} {what} {minuteText(endedAt)}
    </span>
  );
}

function WithdrawDialog({ opinion, onClose }: { readonly opinion: Opinion; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const withdraw = useAct<string, Opinion>({
    act: (reason) =>
      client.call(reviewApi.withdrawOpinion, {
        params: { id: opinion.id },
        body: {
          reason,
          ...(opinion.onBehalfOf === null ? {} : { onBehalfOf: opinion.onBehalfOf.id }),
        },
      }),
    done: '已撤回',
    onDone: async () => {
      await forgetOpinions(queries);
      onClose();
    },
  });
  return (
    <ReasonDialog
      open
      title={`撤回对${opinion.unitName}的会签`}
      okText="撤回"
      label="撤回理由"
      isPending={withdraw.isPending}
      onReason={withdraw.mutate}
      onClose={onClose}
    >
      撤回以后不再等这个单位答复；理由会留存，并写进审批表。
    </ReasonDialog>
  );
}
