import { getRouteApi } from '@tanstack/react-router';

import { ReviewPage } from '../features/review/review-page.tsx';

const route = getRouteApi('/reviews/$id');

export function ReviewScreen() {
  const { id } = route.useParams();
  return <ReviewPage key={id} id={id} />;
}
