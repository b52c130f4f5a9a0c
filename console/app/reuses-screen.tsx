import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ReusesPage } from '../features/sites/reuses-page.tsx';

const route = getRouteApi('/resources/reuses');

export function ReusesScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <ReusesPage
      state={state}
      onChange={(search) => void navigate({ to: '/resources/reuses', search, replace: true })}
    />
  );
}
