import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { SubmissionsPage } from '../features/sites/submissions-page.tsx';

const route = getRouteApi('/submissions');

export function SubmissionsScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <SubmissionsPage
      state={state}
      onChange={(search) => void navigate({ to: '/submissions', search, replace: true })}
    />
  );
}
