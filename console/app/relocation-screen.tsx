import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { RelocationPage } from '../features/relocation/relocation-page.tsx';

const route = getRouteApi('/relocations/$id');

export function RelocationScreen() {
  const { id } = route.useParams();
  const { view } = route.useSearch();
  const navigate = useNavigate();
  return (
    <RelocationPage
      key={id}
      id={id}
      view={view ?? 'run'}
      onView={(next) => void navigate({ to: '/relocations/$id', params: { id }, search: { view: next } })}
    />
  );
}
