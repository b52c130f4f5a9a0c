import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ReviewListPage } from '../features/review/review-list-page.tsx';
import { useSession } from '../lib/services.tsx';

const route = getRouteApi('/reviews');

export function ReviewsScreen() {
  const { show, deadline } = route.useSearch();
  const navigate = useNavigate();
  const { roles } = useSession();
  const decides = roles.includes('reviewer') || roles.includes('principal');
  return (
    <ReviewListPage
      shown={show ?? (decides ? 'mine' : 'open')}
      deadline={deadline ?? null}
      onShow={(wanted) =>
        void navigate({
          to: '/reviews',
          search: { show: wanted.shown, ...(wanted.deadline === null ? {} : { deadline: wanted.deadline }) },
          replace: true,
        })
      }
    />
  );
}
