import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { CorrectionPage } from '../features/interaction/correction-page.tsx';

const route = getRouteApi('/corrections/$id');

export function CorrectionScreen() {
  const { id } = route.useParams();
  const navigate = useNavigate();
  return <CorrectionPage key={id} id={id} onLeft={() => void navigate({ to: '/corrections' })} />;
}
