import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ReviewListPage } from '../features/review/review-list-page.tsx';
import { useSession } from '../lib/services.tsx';

const route = getRouteApi('/reviews');

export function ReviewsScreen() {
  const { show } = route.useSearch();
  const navigate = useNavigate();
  const { roles } = useSession();
  const decides = roles.includes('reviewer') || roles.includes('principal');
  return (
    <ReviewListPage
      shown={show ?? (decides ? 'mine' : 'open')}
      onShow={(shown) => void navigate({ to: '/reviews', search: { show: shown }, replace: true })}
    />
  );
}
