import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';

import { reviewApi, type UrgentRelease } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { urgentSentence } from './urgent-states.ts';

const toneOf = ({ state, overdue, settledAs }: UrgentRelease): 'error' | 'warning' | 'success' | 'info' => {
  if (state === 'objected') return settledAs === null ? 'error' : 'info';
  if (state === 'confirmed') return 'success';
  return overdue ? 'error' : 'warning';
};

/** How it went out before its review was done, and what is still to do. */
export function UrgentNotice({
  release,
  linked = false,
}: {
  readonly release: UrgentRelease;
  readonly linked?: boolean;
}) {
  return (
    <Alert
      type={toneOf(release)}
      showIcon
      className="form-alert"
      title={`${release.releasedByName} ${minuteText(release.releasedAt)} 紧急发布。${urgentSentence(release)}`}
      description={`紧急理由：${release.reason}`}
      action={
        linked ? (
          <Link to="/reviews/$id" params={{ id: release.reviewId }} className="action-link">
            查看补审
          </Link>
        ) : undefined
      }
    />
  );
}

/** Above a resource: its urgent releases that still need somebody. */
export function ResourceUrgentNotice({ resourceId }: { readonly resourceId: string }) {
  const client = useClient();
  const list = useQuery(queryFor(client, reviewApi.listUrgentReleases, { query: { resourceId, limit: 10 } }));
  return (list.data?.items ?? [])
    .filter(({ state, settledAs }) => state !== 'confirmed' && settledAs === null)
    .map((release) => <UrgentNotice key={release.reviewId} release={release} linked />);
}
