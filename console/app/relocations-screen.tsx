import { useNavigate } from '@tanstack/react-router';

import { RelocationsPage } from '../features/relocation/relocations-page.tsx';

export function RelocationsScreen() {
  const navigate = useNavigate();
  return <RelocationsPage onOpen={(id) => void navigate({ to: '/relocations/$id', params: { id } })} />;
}
