import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';

import { libraryApi } from '../../../contracts/library.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { agoText } from '../../lib/time.ts';
import { useAct } from '../../ui/use-act.ts';

/** Above a resource that is under review: how far it is, and the way back. */
export function OpenReviewNotice({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const reviews = useQuery(queryFor(client, reviewApi.listReviews, { query: { state: 'open', resourceId } }));
  const summary = reviews.data?.items[0];
  const review = useQuery({
    ...queryFor(client, reviewApi.getReview, { params: { id: summary?.id ?? '0' } }),
    enabled: summary !== undefined,
  });
  const recall = useAct({
    act: (id: string) => client.call(reviewApi.recallReview, { params: { id } }),
    done: '已撤回审核，可以继续修改',
    onDone: () =>
      forget(
        queries,
        libraryApi.getResource,
        reviewApi.listReviews,
        reviewApi.getReview,
        reviewApi.getWorkbench,
      ),
  });
  if (summary === undefined) return null;
  const step = summary.steps[summary.step]?.name ?? '审核';
  return (
    <Alert
      type="info"
      showIcon
      className="form-alert"
      title={`正在${step}，${agoText(summary.stepSince, new Date())}到这一步。审核期间不能修改。`}
      action={
        <div className="row">
          <Link to="/reviews/$id" params={{ id: summary.id }} className="action-link">
            查看审核
          </Link>
          {review.data?.actions.includes('recall') === true ? (
            <Button
              loading={recall.isPending}
              onClick={() => {
                recall.mutate(summary.id);
              }}
            >
              撤回审核
            </Button>
          ) : null}
        </div>
      }
    />
  );
}
