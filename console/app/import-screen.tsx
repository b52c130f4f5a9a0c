import { getRouteApi } from '@tanstack/react-router';

import { ImportPage } from '../features/intake/import-page.tsx';

const route = getRouteApi('/imports/$id');

export function ImportScreen() {
  const { id } = route.useParams();
  return <ImportPage key={id} id={id} />;
}
