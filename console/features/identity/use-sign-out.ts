import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { ApiError, sentenceOf } from '../../lib/api-error.ts';
import { useServices } from '../../lib/services.tsx';

/** Ends the session here or everywhere; the next screen is the sign-in, with nothing of before in memory. */
export function useSignOut(everywhere = false) {
  const { client } = useServices();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: async () => {
      try {
        await client.call(everywhere ? identityApi.signOutEverywhere : identityApi.signOut);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
    },
    onSuccess: () => {
      window.location.assign('/');
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
}
