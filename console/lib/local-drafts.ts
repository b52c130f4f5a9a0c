import type { ResourceContent } from '../../contracts/library.ts';

/** An unsaved draft kept in the browser until the server has it. */
export interface LocalDraft {
  readonly accountId: string;
  readonly resourceId: string;
  /** Version of the resource that the draft was typed on. */
  readonly baseVersion: number;
  readonly content: ResourceContent;
  /** ISO instant. */
  readonly keptAt: string;
}

export interface LocalDrafts {
  readonly read: (accountId: string, resourceId: string) => Promise<LocalDraft | null>;
  readonly write: (draft: LocalDraft) => Promise<void>;
  readonly remove: (accountId: string, resourceId: string) => Promise<void>;
  readonly all: (accountId: string) => Promise<readonly LocalDraft[]>;
  readonly removeAll: (accountId: string) => Promise<void>;
}

const store = 'draft';

function keyOf(accountId: string, resourceId: string): string {
  return `${accountId}/${resourceId}`;
}

/** Every key of one account, and of no other one. */
function keysOf(accountId: string): IDBKeyRange {
  return IDBKeyRange.bound(keyOf(accountId, ''), keyOf(accountId, '\uffff'));
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser refused the draft store'));
    };
  });
}

/** IndexedDB, because a long policy does not fit beside others into localStorage. */
export function createBrowserDrafts(factory: IDBFactory): LocalDrafts {
  let opening: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    opening ??= (() => {
      const request = factory.open('jiyue-console', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(store);
      };
      return settle(request);
    })();
    return opening;
  };
  const within = async <T>(
    mode: IDBTransactionMode,
    act: (drafts: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => settle(act((await open()).transaction(store, mode).objectStore(store)));
  return {
    async read(accountId, resourceId) {
      const found = await within<unknown>('readonly', (drafts) => drafts.get(keyOf(accountId, resourceId)));
      return (found as LocalDraft | undefined) ?? null;
    },
    async write(draft) {
      await within('readwrite', (drafts) => drafts.put(draft, keyOf(draft.accountId, draft.resourceId)));
    },
    async remove(accountId, resourceId) {
      await within('readwrite', (drafts) => drafts.delete(keyOf(accountId, resourceId)));
    },
    async all(accountId) {
      return (await within<unknown[]>('readonly', (drafts) =>
        drafts.getAll(keysOf(accountId)),
      )) as LocalDraft[];
    },
    async removeAll(accountId) {
      await within('readwrite', (drafts) => drafts.delete(keysOf(accountId)));
    },
  };
}

/** For tests and for browsers that keep nothing (private windows). */
export function createMemoryDrafts(): LocalDrafts {
  const kept = new Map<string, LocalDraft>();
  return {
    read: (accountId, resourceId) => Promise.resolve(kept.get(keyOf(accountId, resourceId)) ?? null),
    write(draft) {
      kept.set(keyOf(draft.accountId, draft.resourceId), draft);
      return Promise.resolve();
    },
    remove(accountId, resourceId) {
      kept.delete(keyOf(accountId, resourceId));
      return Promise.resolve();
    },
    all: (accountId) => Promise.resolve([...kept.values()].filter((draft) => draft.accountId === accountId)),
    removeAll(accountId) {
      for (const [key, draft] of kept) if (draft.accountId === accountId) kept.delete(key);
      return Promise.resolve();
    },
  };
}
