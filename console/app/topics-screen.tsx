import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { TopicsPage } from '../features/sites/topics-page.tsx';

const route = getRouteApi('/topics');

export function TopicsScreen() {
  const { show = 'all' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <TopicsPage
      shown={show}
      onShow={(shown) => void navigate({ to: '/topics', search: { show: shown }, replace: true })}
    />
  );
}
