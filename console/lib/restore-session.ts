import { identityApi } from '../../contracts/identity.ts';
import { ApiError } from './api-error.ts';
import type { Client } from './client.ts';
import type { SessionStore } from './session-store.ts';

/** Asks the server who the browser's cookie belongs to. */
export async function restoreSession(client: Client, sessions: SessionStore): Promise<void> {
  try {
    sessions.set({ kind: 'signed-in', session: await client.call(identityApi.currentSession) });
  } catch (error) {
    const isSignedOut = error instanceof ApiError && !error.isPassing && error.status < 500;
    sessions.set({ kind: isSignedOut ? 'signed-out' : 'unreachable' });
  }
}
