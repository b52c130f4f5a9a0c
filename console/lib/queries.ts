import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';

import type { Endpoint, ResponseOf } from '../../contracts/endpoint.ts';
import type { CallInput, Client } from './client.ts';

interface LooseClient {
  call(endpoint: Endpoint, input: unknown): Promise<unknown>;
}

type QueryInput<E> = Omit<CallInput<E>, 'signal' | 'body'>;

/** A read as TanStack Query wants it; its key is the path and what was asked. */
export function queryFor<E extends Endpoint>(client: Client, endpoint: E, input: QueryInput<E>) {
  return queryOptions<ResponseOf<E>>({
    queryKey: [endpoint.path, input],
    queryFn: ({ signal }) =>
      (client as LooseClient).call(endpoint, { ...input, signal }) as Promise<ResponseOf<E>>,
  });
}

interface KeysetPage {
  readonly nextCursor: string | null;
}

/** A keyset-paged read: every next page asks with the cursor of the one before. */
export function pagesFor<E extends Endpoint>(client: Client, endpoint: E, input: QueryInput<E>) {
  const query = (input as { query?: object }).query;
  return infiniteQueryOptions<
    ResponseOf<E>,
    Error,
    { pages: ResponseOf<E>[] },
    readonly unknown[],
    string | null
  >({
    queryKey: [endpoint.path, 'pages', input],
    queryFn: ({ signal, pageParam }) =>
      (client as LooseClient).call(endpoint, {
        ...input,
        query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }) as Promise<ResponseOf<E>>,
    initialPageParam: null,
    getNextPageParam: (page) => (page as KeysetPage).nextCursor,
  });
}

/** Everything read from these endpoints is asked for again. */
export function forget(
  queries: QueryClient,
  ...endpoints: readonly { readonly path: string }[]
): Promise<unknown> {
  return Promise.all(endpoints.map(({ path }) => queries.invalidateQueries({ queryKey: [path] })));
}
