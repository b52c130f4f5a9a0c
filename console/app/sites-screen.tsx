import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { SitesPage } from '../features/sites/sites-page.tsx';
import { UrgentCard } from '../features/sites/urgent-card.tsx';

const route = getRouteApi('/sites');

export function SitesScreen() {
  const address = route.useSearch();
  const navigate = useNavigate();
  return (
    <SitesPage
      address={address}
      onChange={(search) => void navigate({ to: '/sites', search })}
      top={<UrgentCard />}
      onHome={(id) => void navigate({ to: '/resources/$id', params: { id } })}
      onColumns={(site) => void navigate({ to: '/columns', search: { site } })}
    />
  );
}
