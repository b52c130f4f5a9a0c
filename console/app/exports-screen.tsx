import { getRouteApi } from '@tanstack/react-router';

import { ExportsPage } from '../features/packaging/exports-page.tsx';

const route = getRouteApi('/exports');

export function ExportsScreen() {
  return <ExportsPage wish={route.useSearch()} />;
}
