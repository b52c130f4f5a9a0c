import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { LikenessPage } from '../features/library/likeness-page.tsx';

const route = getRouteApi('/likenesses');

export function LikenessesScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <LikenessPage
      state={state}
      onChange={(search) => void navigate({ to: '/likenesses', search, replace: true })}
    />
  );
}
