import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';

import { reviewApi } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { CommentList } from './comment-list.tsx';

/** Above a text that is written on: what reviewers remarked and nobody dealt with yet. */
export function CommentNotice({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const comments = useQuery(
    queryFor(client, reviewApi.listUnsettledComments, { params: { id: resourceId } }),
  );
  const list = comments.data ?? [];
  if (list.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="form-alert"
      title={`审核人员有 ${String(list.length)} 条批注没有处理`}
      description={<CommentList comments={list} />}
    />
  );
}
