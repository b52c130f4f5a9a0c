import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { AuditPage } from '../features/audit/audit-page.tsx';

const route = getRouteApi('/audit');

export function AuditScreen() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  return (
    <AuditPage
      filter={filter}
      onChange={(search) => void navigate({ to: '/audit', search, replace: true })}
    />
  );
}
