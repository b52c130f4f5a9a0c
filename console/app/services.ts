import { identityApi, type Session } from '../../contracts/identity.ts';
import { createClient } from '../lib/client.ts';
import { createBrowserDrafts } from '../lib/local-drafts.ts';
import { createOpenDrafts } from '../lib/open-drafts.ts';
import type { Services } from '../lib/services.tsx';
import { createSessionStore, sessionOf } from '../lib/session-store.ts';

/** Everything stateful of the console, made once for one browser window. */
export function createServices(window: Window & typeof globalThis): Services {
  const sessions = createSessionStore();
  const fetch: typeof globalThis.fetch = (...request) => window.fetch(...request);
  const client = createClient(
    {
      csrfToken: () => sessionOf(sessions.read())?.csrfToken ?? null,
      expired: sessions.expire,
      mustChangePassword: sessions.requirePasswordChange,
      async refreshToken() {
        const before = sessionOf(sessions.read());
        const answer = await fetch(identityApi.currentSession.path, { credentials: 'same-origin' });
        if (before === null || !answer.ok) return false;
        const session = (await answer.json()) as Session;
        // Another person signed in from another tab: this window's screens are not theirs.
        if (session.accountId !== before.accountId) {
          sessions.expire();
          return false;
        }
        sessions.set({ kind: 'signed-in', session });
        return true;
      },
    },
    { fetch, createRequest: () => new window.XMLHttpRequest() },
  );
  return {
    client,
    sessions,
    localDrafts: createBrowserDrafts(window.indexedDB),
    openDrafts: createOpenDrafts(),
    restart() {
      window.location.assign('/');
    },
  };
}
