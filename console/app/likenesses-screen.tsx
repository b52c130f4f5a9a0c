import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { LikenessPage } from '../features/library/likeness-page.tsx';

const route = getRouteApi('/resources/alike');

export function LikenessesScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <LikenessPage
      state={state}
      onChange={(search) => void navigate({ to: '/resources/alike', search, replace: true })}
    />
  );
}
