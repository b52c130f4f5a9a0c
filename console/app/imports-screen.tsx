import { useNavigate } from '@tanstack/react-router';

import { ImportListPage } from '../features/intake/import-list-page.tsx';

export function ImportsScreen() {
  const navigate = useNavigate();
  return <ImportListPage onCreated={(id) => void navigate({ to: '/imports/$id', params: { id } })} />;
}
