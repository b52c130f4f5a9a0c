import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ColumnsPage } from '../features/sites/columns-page.tsx';

const route = getRouteApi('/columns');

export function ColumnsScreen() {
  const { site, column } = route.useSearch();
  const navigate = useNavigate();
  return (
    <ColumnsPage
      siteId={site}
      columnId={column}
      onChange={(search) => void navigate({ to: '/columns', search })}
    />
  );
}
