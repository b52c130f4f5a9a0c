import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { ProposalPage } from '../features/library/proposal-page.tsx';

const route = getRouteApi('/resources/proposals');

export function ProposalsScreen() {
  const state = route.useSearch();
  const navigate = useNavigate();
  return (
    <ProposalPage
      state={state}
      onChange={(search) => void navigate({ to: '/resources/proposals', search, replace: true })}
    />
  );
}
