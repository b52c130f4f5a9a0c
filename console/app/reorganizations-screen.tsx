import { useNavigate } from '@tanstack/react-router';

import { ReorganizationsPage } from '../features/identity/reorganizations-page.tsx';

export function ReorganizationsScreen() {
  const navigate = useNavigate();
  return (
    <ReorganizationsPage onOpen={(id) => void navigate({ to: '/reorganizations/$id', params: { id } })} />
  );
}
