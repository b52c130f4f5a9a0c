import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { UsefulnessPage } from '../features/interaction/usefulness-page.tsx';

const route = getRouteApi('/usefulness');

export function UsefulnessScreen() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  return (
    <UsefulnessPage
      filter={filter}
      onChange={(search) => void navigate({ to: '/usefulness', search, replace: true })}
    />
  );
}
