import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { type Account, identityApi } from '../../../contracts/identity.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

/** Everybody of a unit itself, page after page; none while no unit is named. */
export function usePeople(unitId: string | undefined): readonly Account[] {
  const client = useClient();
  const query = { limit: 100, ...(unitId === undefined ? {} : { unitId }) };
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...pagesFor(client, identityApi.listAccounts, { query }),
    enabled: unitId !== undefined,
  });
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  if (unitId === undefined) return [];
  return (data?.pages ?? []).flatMap(({ items }) => items).filter((one) => one.unitId === unitId);
}
