import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { FindingListPage } from '../features/proofreading/finding-list-page.tsx';
import { useSession } from '../lib/services.tsx';

const route = getRouteApi('/findings');

export function FindingsScreen() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const { roles } = useSession();
  return (
    <FindingListPage
      filter={filter}
      watches={roles.includes('operator') || roles.includes('supervisor')}
      onChange={(search) => void navigate({ to: '/findings', search, replace: true })}
    />
  );
}
