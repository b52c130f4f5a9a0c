import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';

import { reviewApi } from '../../../contracts/review.ts';
import { commentLimits } from '../../../contracts/review-comment.ts';
import { type AnchoredLine, anchorOf } from '../../../contracts/text-anchor.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { Selected } from './comment-marks.ts';

interface Props {
  readonly reviewId: string;
  readonly lines: readonly AnchoredLine[];
  /** What the writer selected in the text last. */
  readonly selected: Selected | null;
}

type Missing = 'quote' | 'text';
const missing: Readonly<Record<Missing, string>> = {
  quote: '送审稿里没有这几个字：请在左边选中，或照原文填写（不跨段）',
  text: '请写明意见',
};

/** A new remark: the words are selected in the text, or typed by who has no pointer. */
export function CommentForm({ reviewId, lines, selected }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<{ readonly words: string; readonly over: Selected | null } | null>(null);
  const [text, setText] = useState('');
  const [lacking, setLacking] = useState<Missing | null>(null);
  // What was typed counts until something else is selected.
  const words = typed !== null && typed.over === selected ? typed.words : (selected?.words ?? '');
  const anchor = selected?.words === words ? selected.anchor : anchorOf(lines, words.trim());
  const add = useAct({
    act: (body: { anchor: Selected['anchor']; quote: string; text: string }) =>
      client.call(reviewApi.addComment, { params: { id: reviewId }, body }),
    done: '批注已保存，作者会看到',
    onDone: () => {
      setText('');
      setTyped({ words: '', over: selected });
      return forget(queries, reviewApi.listComments, reviewApi.listUnsettledComments);
    },
  });
  const send = (): void => {
    if (anchor === undefined || anchor.end - anchor.start > commentLimits.quoteCharacters) {
      setLacking('quote');
      document.getElementById('comment-quote')?.focus();
    } else if (text.trim() === '') {
      setLacking('text');
      document.getElementById('comment-text')?.focus();
    } else {
      setLacking(null);
      add.mutate({ anchor, quote: selected?.words === words ? words : words.trim(), text: text.trim() });
    }
  };
  return (
    <form
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor="comment-quote">原文</label>
      <Input.TextArea
        id="comment-quote"
        autoSize={{ minRows: 1, maxRows: 3 }}
        maxLength={commentLimits.quoteCharacters}
        value={words}
        placeholder="在文稿里选中几个字，或在这里照原文填写"
        onChange={(event) => {
          setTyped({ words: event.target.value, over: selected });
        }}
      />
      <label htmlFor="comment-text">意见</label>
      <Input.TextArea
        id="comment-text"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={commentLimits.characters}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <p role="alert" className="problem">
        {lacking === null ? '' : missing[lacking]}
      </p>
      <Button htmlType="submit" loading={add.isPending}>
        添加批注
      </Button>
    </form>
  );
}
