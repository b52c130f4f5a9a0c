import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ResourceListPage } from '../features/library/resource-list-page.tsx';
import { BulkBar } from '../features/sites/bulk-bar.tsx';

const route = getRouteApi('/resources');

export function ResourcesScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <ResourceListPage
      state={state}
      onChange={(search) => void navigate({ to: '/resources', search, replace: true })}
      bulk={(chosen, onDone) => <BulkBar resourceIds={chosen} onDone={onDone} />}
      onCreated={(id) => void navigate({ to: '/resources/$id', params: { id } })}
    />
  );
}
