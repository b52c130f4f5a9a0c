import { useQuery } from '@tanstack/react-query';

import {
  builtInTypeName,
  libraryApi,
  type ResourceType,
  type ResourceTypeKey,
} from '../../contracts/library.ts';
import { queryFor } from './queries.ts';
import { useClient } from './services.tsx';

const none: readonly ResourceType[] = [];

/** The types of resource as they are now; none until they are known. */
export function useTypes(): readonly ResourceType[] {
  const client = useClient();
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), staleTime: 60_000 });
  return types.data ?? none;
}

/** What a type is called now; an operators' own one has its name in the database. */
export function useTypeName(): (key: ResourceTypeKey) => string {
  const types = useTypes();
  return (key) => types.find((type) => type.key === key)?.name ?? builtInTypeName(key) ?? key;
}
