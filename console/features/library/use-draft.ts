import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { libraryApi, type Resource } from '../../../contracts/library.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useServices, useSession, useSessionState } from '../../lib/services.tsx';
import { createDraftKeeper, type DraftKeeper, type DraftView } from './draft-keeper.ts';

/** One keeper for as long as the editor shows one resource. */
export function useDraft(resource: Resource): readonly [DraftKeeper, DraftView] {
  const { client, localDrafts, openDrafts } = useServices();
  const { accountId } = useSession();
  const sessionKind = useSessionState().kind;
  const queries = useQueryClient();
  const [keeper] = useState(() =>
    createDraftKeeper(resource, {
      client,
      localDrafts,
      accountId,
      now: () => new Date(),
      onSaved: (answer) => {
        const { queryKey } = queryFor(client, libraryApi.getResource, { params: { id: answer.id } });
        queries.setQueryData(queryKey, answer);
        void forget(queries, libraryApi.listRevisions, libraryApi.listResources);
      },
    }),
  );
  const view = useSyncExternalStore(keeper.subscribe, keeper.read);
  useEffect(() => keeper.start(), [keeper]);
  useEffect(() => {
    const close = openDrafts.add(keeper);
    return () => {
      // The last words may still be on their way.
      void keeper.settle().finally(close);
    };
  }, [openDrafts, keeper]);
  useEffect(() => {
    keeper.heard(resource);
  }, [keeper, resource]);
  useEffect(() => {
    if (sessionKind === 'signed-in') keeper.signedIn();
  }, [keeper, sessionKind]);
  const isAtRisk = keeper.isAtRisk();
  useEffect(() => {
    if (!isAtRisk) return undefined;
    const warn = (event: BeforeUnloadEvent): void => {
      if (keeper.isAtRisk()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [keeper, isAtRisk]);
  return [keeper, view];
}
