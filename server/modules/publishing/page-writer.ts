import { createSecretKey } from 'node:crypto';

import type { Priority } from './page.types.ts';
import type { PageStore } from './page-store.ts';
import { type AddressChange, settleAddresses } from './settle-address.ts';

/** Carries changes into the page store. */
export interface PageWriter {
  /**
   * Pages that people wait for go before others. One answer per change: what hindered it, or null. Only trouble with the files themselves is answered
   * like that; anything else is thrown.
   */
  settle(changes: readonly AddressChange[], priority: Priority): Promise<readonly (string | null)[]>;
  stop(): Promise<void>;
}

/** The text of a file system's refusal; any other error is thrown on. */
export function requireFileTrouble(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && typeof syscall === 'string') return `${code} ${syscall}`;
  throw error;
}

/** Writes in this thread: for stores that are not files, and for tests. */
export function createInlineWriter(store: PageStore, key: Uint8Array): PageWriter {
  // Prepared once: a page has several seals.
  const secret = createSecretKey(key);
  return {
    async settle(changes) {
      const settled = await settleAddresses({ store, key: secret }, changes);
      return settled.map((one) => (one.status === 'rejected' ? requireFileTrouble(one.reason) : null));
    },
    stop: () => Promise.resolve(),
  };
}
