import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { UrgentReleasesPage } from '../features/review/urgent-releases-page.tsx';

const route = getRouteApi('/urgent-releases');

export function UrgentReleasesScreen() {
  const { show = 'waiting' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <UrgentReleasesPage
      shown={show}
      onShow={(shown) => void navigate({ to: '/urgent-releases', search: { show: shown }, replace: true })}
    />
  );
}
