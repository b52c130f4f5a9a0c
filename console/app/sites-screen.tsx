import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { SitesPage } from '../features/sites/sites-page.tsx';

const route = getRouteApi('/sites');

export function SitesScreen() {
  const address = route.useSearch();
  const navigate = useNavigate();
  return (
    <SitesPage
      address={address}
      onChange={(search) => void navigate({ to: '/sites', search })}
      onColumns={(site) => void navigate({ to: '/columns', search: { site } })}
    />
  );
}
