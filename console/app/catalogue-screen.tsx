import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { CataloguePage } from '../features/sites/catalogue-page.tsx';

const route = getRouteApi('/catalogue');

export function CatalogueScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <CataloguePage
      state={state}
      onChange={(search) => void navigate({ to: '/catalogue', search, replace: true })}
    />
  );
}
