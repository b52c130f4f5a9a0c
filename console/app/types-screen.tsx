import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { TypesPage } from '../features/library/types/types-page.tsx';

const route = getRouteApi('/types');

export function TypesScreen() {
  const { type } = route.useSearch();
  const navigate = useNavigate();
  return (
    <TypesPage
      chosen={type}
      onChoose={(chosen) =>
        void navigate({ to: '/types', search: chosen === undefined ? {} : { type: chosen } })
      }
    />
  );
}
