import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { UnitsPage } from '../features/identity/units-page.tsx';

const route = getRouteApi('/units');

export function UnitsScreen() {
  const { unit, q } = route.useSearch();
  const navigate = useNavigate();
  return (
    <UnitsPage
      unitId={unit}
      words={q}
      onChange={(search) => void navigate({ to: '/units', search, replace: true })}
    />
  );
}
