import { type UseMutationResult, useQueryClient } from '@tanstack/react-query';

import { identityApi } from '../../../contracts/identity.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { forget } from '../../lib/queries.ts';
import { useAct } from '../../ui/use-act.ts';

export interface PlanningProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onPlanned: (id: string) => void;
}

/** Writes a plan down, and opens it. */
export function usePlanning<Fields>(
  act: (fields: Fields) => Promise<Reorganization>,
  { onClose, onPlanned }: PlanningProps,
): UseMutationResult<Reorganization, unknown, Fields> {
  const queries = useQueryClient();
  return useAct<Fields, Reorganization>({
    act,
    done: '已提出，请另一人确认',
    onDone: async ({ id }) => {
      await forget(queries, identityApi.listReorganizations);
      onClose();
      onPlanned(id);
    },
  });
}
