import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { ResourceType } from '../../../contracts/library.ts';
import { type Review, reviewApi } from '../../../contracts/review.ts';
import { linesOf } from '../../../contracts/text-anchor.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';
import { CommentForm } from './comment-form.tsx';
import { CommentList } from './comment-list.tsx';
import { markId, type Selected } from './comment-marks.ts';
import { commentableFields, CommentedText } from './commented-text.tsx';

interface Props {
  readonly review: Review;
  readonly type: ResourceType;
}

/** The words under review, what was remarked on them, and a form for one more. */
export function CommentDesk({ review, type }: Props) {
  const client = useClient();
  const comments = useQuery(queryFor(client, reviewApi.listComments, { params: { id: review.id } }));
  const [selected, setSelected] = useState<Selected | null>(null);
  const { content } = review.revision;
  const lines = useMemo(
    () =>
      linesOf(
        content,
        commentableFields(type).map(({ key }) => key),
      ),
    [content, type],
  );
  return (
    <Loaded query={comments} rows={6}>
      {({ items, mayComment }) => (
        <div className="comment-desk">
          <CommentedText
            type={type}
            content={content}
            lines={lines}
            comments={items}
            onSelect={setSelected}
          />
          <div className="comment-side">
            {mayComment ? <CommentForm reviewId={review.id} lines={lines} selected={selected} /> : null}
            {items.length === 0 ? (
              <p className="hint">还没有批注。</p>
            ) : (
              <CommentList
                comments={items}
                onShow={({ id }) => {
                  const mark = document.getElementById(markId(id));
                  mark?.scrollIntoView({ block: 'center' });
                  mark?.focus({ preventScroll: true });
                }}
              />
            )}
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** `批注` with how many are not settled. */
export function CommentTabName({ reviewId }: { readonly reviewId: string }) {
  const client = useClient();
  const comments = useQuery(queryFor(client, reviewApi.listComments, { params: { id: reviewId } }));
  const count = comments.data?.items.filter(({ settled }) => settled === null).length ?? 0;
  return <>{count === 0 ? '批注' : `批注（${String(count)}）`}</>;
}
