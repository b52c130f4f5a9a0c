import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { UndisclosedPage } from '../features/review/undisclosed-page.tsx';

const route = getRouteApi('/undisclosed');

export function UndisclosedScreen() {
  const { show = 'due' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <UndisclosedPage
      shown={show}
      onShow={(shown) => void navigate({ to: '/undisclosed', search: { show: shown }, replace: true })}
    />
  );
}
