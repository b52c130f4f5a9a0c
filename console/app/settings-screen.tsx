import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { PublishingCard } from '../features/publishing/publishing-card.tsx';
import { SiteSettingsPage } from '../features/sites/site-settings-page.tsx';

const route = getRouteApi('/settings');

export function SettingsScreen() {
  const { site } = route.useSearch();
  const navigate = useNavigate();
  return (
    <SiteSettingsPage
      siteId={site}
      publishing={<PublishingCard />}
      onChoose={(id) => void navigate({ to: '/settings', search: { site: id }, replace: true })}
    />
  );
}
