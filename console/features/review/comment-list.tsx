import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';

import { reviewApi } from '../../../contracts/review.ts';
import {
  commentLimits,
  type CommentSettlement,
  type ReviewComment,
} from '../../../contracts/review-comment.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';

interface Props {
  readonly comments: readonly ReviewComment[];
  /** Makes the quoted words a way to where they stand. */
  readonly onShow?: (comment: ReviewComment) => void;
}

/** Remarks, each with the words it stands at and what became of it. */
export function CommentList({ comments, onShow }: Props) {
  return (
    <ol className="comment-list">
      {comments.map((comment) => (
        <li key={comment.id} className={comment.settled === null ? '' : 'comment-settled'}>
          <Quote comment={comment} onShow={onShow} />
          <p className="comment-text">{comment.text}</p>
          <p className="hint">
            {comment.writtenByName} {minuteText(comment.writtenAt)}
          </p>
          <Outcome comment={comment} />
        </li>
      ))}
    </ol>
  );
}

function Quote({ comment, onShow }: { readonly comment: ReviewComment; readonly onShow: Props['onShow'] }) {
  if (onShow === undefined) return <q className="comment-quote">{comment.quote}</q>;
  return (
    <button
      type="button"
      className="comment-quote"
      onClick={() => {
        onShow(comment);
      }}
    >
      <span className="visually-hidden">查看原文：</span>
      {comment.quote}
    </button>
  );
}

/** Whether it is settled, and the way to say so. */
function Outcome({ comment }: { readonly comment: ReviewComment }): ReactNode {
  const client = useClient();
  const queries = useQueryClient();
  const [note, setNote] = useState<string | null>(null);
  const settle = useAct({
    act: (body: CommentSettlement) =>
      client.call(reviewApi.settleComment, { params: { id: comment.id }, body }),
    onDone: () => {
      setNote(null);
      return forget(queries, reviewApi.listComments, reviewApi.listUnsettledComments);
    },
  });
  const { settled, actions } = comment;
  return (
    <div className="comment-outcome">
      {settled === null ? null : (
        <p className="hint">
          {settled.byName} {minuteText(settled.at)} 已处理{settled.note === null ? '' : `：${settled.note}`}
        </p>
      )}
      {actions.includes('settle') && note === null ? (
        <Button
          size="small"
          onClick={() => {
            setNote('');
          }}
        >
          处理…
        </Button>
      ) : null}
      {note === null ? null : (
        <form
          className="comment-settling"
          onSubmit={(event) => {
            event.preventDefault();
            settle.mutate({ settled: true, ...(note.trim() === '' ? {} : { note: note.trim() }) });
          }}
        >
          <Input
            autoFocus
            aria-label="怎样处理的（可不填）"
            placeholder="怎样处理的（可不填）"
            value={note}
            maxLength={commentLimits.characters}
            onChange={(event) => {
              setNote(event.target.value);
            }}
          />
          <Button htmlType="submit" loading={settle.isPending}>
            已处理
          </Button>
          <Button
            type="text"
            onClick={() => {
              setNote(null);
            }}
          >
            取消
          </Button>
        </form>
      )}
      {actions.includes('reopen') ? (
        <Button
          size="small"
          type="text"
          loading={settle.isPending}
          onClick={() => {
            settle.mutate({ settled: false });
          }}
        >
          重新打开
        </Button>
      ) : null}
    </div>
  );
}
