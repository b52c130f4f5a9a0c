import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { CorrectionListPage } from '../features/interaction/correction-list-page.tsx';

const route = getRouteApi('/corrections');

export function CorrectionsScreen() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  return (
    <CorrectionListPage
      filter={filter}
      onChange={(search) => void navigate({ to: '/corrections', search, replace: true })}
    />
  );
}
