import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { ResourceContent } from '../../../../contracts/library.ts';
import { type Proofreading, proofreadingApi } from '../../../../contracts/proofreading.ts';
import { useClient } from '../../../lib/services.tsx';

/** Whoever types is not told in the middle of a word. */
const pauseMilliseconds = 900;

export interface DraftFindings {
  readonly answer: Proofreading | undefined;
  readonly isChecking: boolean;
  readonly isFailed: boolean;
}

/** What the checks say of the text as it is written, a moment after the last key. */
export function useFindings(resourceId: string, content: ResourceContent, enabled: boolean): DraftFindings {
  const client = useClient();
  const [settled, setSettled] = useState(content);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(content);
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [content]);
  const check = useQuery({
    queryKey: [proofreadingApi.checkDraft.path, resourceId, settled],
    queryFn: ({ signal }) =>
      client.call(proofreadingApi.checkDraft, {
        params: { id: resourceId },
        body: { content: settled },
        signal,
      }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  return {
    answer: enabled ? check.data : undefined,
    isChecking: check.isFetching || settled !== content,
    isFailed: check.isError,
  };
}
