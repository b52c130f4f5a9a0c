import { createContext, use, useSyncExternalStore } from 'react';

import type { Session } from '../../contracts/identity.ts';
import type { Client } from './client.ts';
import type { LocalDrafts } from './local-drafts.ts';
import type { OpenDrafts } from './open-drafts.ts';
import { sessionOf, type SessionState, type SessionStore } from './session-store.ts';

/** Everything stateful that screens use, handed in once by app/main.tsx (or by a test). */
export interface Services {
  readonly client: Client;
  readonly sessions: SessionStore;
  readonly localDrafts: LocalDrafts;
  readonly openDrafts: OpenDrafts;
  /** Loads the console anew, with nothing of before in memory. */
  readonly restart: () => void;
}

const ServicesContext = createContext<Services | null>(null);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error('ServicesProvider is missing');
  return services;
}

export function useClient(): Client {
  return useServices().client;
}

export function useSessionState(): SessionState {
  const { sessions } = useServices();
  return useSyncExternalStore(sessions.subscribe, sessions.read);
}

/** Who is signed in; only for screens behind the sign-in. */
export function useSession(): Session {
  const session = sessionOf(useSessionState());
  if (session === null) throw new Error('no session on a screen that needs one');
  return session;
}
