import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { AssetLibraryPage } from '../features/library/asset-library-page.tsx';

const route = getRouteApi('/assets');

export function AssetsScreen() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  return (
    <AssetLibraryPage
      filter={filter}
      onChange={(search) => void navigate({ to: '/assets', search, replace: true })}
    />
  );
}
