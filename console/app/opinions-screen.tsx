import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { OpinionListPage } from '../features/review/opinion-list-page.tsx';

const route = getRouteApi('/opinions');

export function OpinionsScreen() {
  const { show = 'waiting' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <OpinionListPage
      shown={show}
      onShow={(shown) => void navigate({ to: '/opinions', search: { show: shown }, replace: true })}
    />
  );
}
