import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { followingApi, type PlatformOffer, type Subscription } from '../../../contracts/following.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useAct } from '../../ui/use-act.ts';

interface Access {
  readonly address: string;
  readonly key: string;
}

/**
 * What the other platform offers: to a key that somebody has just typed, or, of one that is followed already, to the key
 * that is kept.
 */
export function useOffer(
  subscription: Subscription | null,
  isOpen: boolean,
  onFound: (offer: PlatformOffer) => void,
) {
  const client = useClient();
  const [checked, setChecked] = useState<PlatformOffer | null>(null);
  const asksByItself = isOpen && subscription !== null && subscription.state !== 'barred';
  const kept = useQuery({
    ...queryFor(client, followingApi.readOffer, { params: { id: subscription?.id ?? '' } }),
    enabled: asksByItself,
    retry: false,
  });
  const check = useAct<Access, PlatformOffer>({
    act: (body) => client.call(followingApi.checkPlatform, { body }),
    onDone: (found) => {
      setChecked(found);
      onFound(found);
    },
  });
  const said = checked ?? kept.data ?? null;
  return {
    said,
    isAsking: asksByItself && kept.isPending && checked === null,
    /** Why the kept key brought nothing. */
    error: asksByItself && said === null ? kept.error : null,
    isChecking: check.isPending,
    check: ({ address, key }: Access): void => {
      if (key !== '') check.mutate({ address, key });
      else void kept.refetch();
    },
    forget: (): void => {
      setChecked(null);
    },
  };
}

export type AskedOffer = ReturnType<typeof useOffer>;
