import { getRouteApi } from '@tanstack/react-router';

import { ReorganizationPage } from '../features/identity/reorganization-page.tsx';

const route = getRouteApi('/reorganizations/$id');

export function ReorganizationScreen() {
  const { id } = route.useParams();
  return <ReorganizationPage key={id} id={id} />;
}
