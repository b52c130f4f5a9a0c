import { useQuery } from '@tanstack/react-query';

import { libraryApi, type ResourceType } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';

const none: readonly ResourceType[] = [];

/** The types of resource as they are now; none until they are known. */
export function useTypes(): readonly ResourceType[] {
  const client = useClient();
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), staleTime: 60_000 });
  return types.data ?? none;
}
