import type { Session } from '../../contracts/identity.ts';

/**
 * `expired` keeps the session that was: the screen and its drafts stay as they are while the person signs
 * in again on top of them.
 */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly session: Session }
  | { readonly kind: 'expired'; readonly session: Session };

export interface SessionStore {
  readonly read: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly set: (state: SessionState) => void;
  readonly expire: () => void;
  readonly requirePasswordChange: () => void;
}

export function createSessionStore(initial: SessionState = { kind: 'loading' }): SessionStore {
  let state = initial;
  const listeners = new Set<() => void>();
  const set = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set,
    expire() {
      if (state.kind === 'signed-in') set({ kind: 'expired', session: state.session });
    },
    requirePasswordChange() {
      if (state.kind === 'signed-in' && !state.session.mustChangePassword) {
        set({ kind: 'signed-in', session: { ...state.session, mustChangePassword: true } });
      }
    },
  };
}

/** The session as it is or was; null before anybody signed in. */
export function sessionOf(state: SessionState): Session | null {
  return state.kind === 'signed-in' || state.kind === 'expired' ? state.session : null;
}
