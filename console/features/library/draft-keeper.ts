import { libraryApi, type Resource, type ResourceContent } from '../../../contracts/library.ts';
import { ApiError, networkError } from '../../lib/api-error.ts';
import type { Client } from '../../lib/client.ts';
import { isSameContent } from '../../lib/content.ts';
import type { LocalDraft, LocalDrafts } from '../../lib/local-drafts.ts';
import type { OpenDraft } from '../../lib/open-drafts.ts';
import {
  type DraftEvent,
  draftOf,
  type DraftState,
  needsLocalCopy,
  nextDraft,
  saveDelay,
} from './draft-machine.ts';

export interface DraftView {
  readonly state: DraftState;
  /** An unsaved copy from an earlier visit, until the person decides. */
  readonly found: LocalDraft | null;
}

export interface DraftKeeper extends OpenDraft {
  readonly read: () => DraftView;
  readonly subscribe: (listener: () => void) => () => void;
  readonly edit: (content: ResourceContent) => void;
  /** Sends what is unsaved at once; true when the server has everything. */
  readonly saveNow: () => Promise<boolean>;
  /** An older revision becomes a new one on top. */
  readonly putBack: (content: ResourceContent) => Promise<boolean>;
  readonly heard: (resource: Resource) => void;
  readonly signedIn: () => void;
  readonly resume: () => void;
  readonly forgetFound: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  /** Whether closing the window now would lose words that nobody gave up. */
  readonly isAtRisk: () => boolean;
  /** Starts looking after the draft; the answer stops it. */
  readonly start: () => () => void;
}

export interface KeeperParts {
  readonly client: Client;
  readonly localDrafts: LocalDrafts;
  readonly accountId: string;
  readonly now: () => Date;
  /** Told of every answer of the server, so that other parts of the screen follow. */
  readonly onSaved: (resource: Resource) => void;
}

type Origin = 'saved' | 'autosaved' | 'restored';
const localDelay = 500;

/** Runs the draft machine for one resource: the timers, the browser's copy, and the calls. */
export function createDraftKeeper(resource: Resource, parts: KeeperParts): DraftKeeper {
  const { client, localDrafts, accountId, now } = parts;
  const { id } = resource;
  const listeners = new Set<() => void>();
  let view: DraftView = { state: draftOf(resource), found: null };
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let copyTimer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<boolean> | null = null;
  let running = false;
  /** Whether an earlier visit's copy has been looked for; before, nothing may be kept over it. */
  let looked = false;
  let abandoned = false;

  const show = (next: DraftView): void => {
    view = next;
    plan();
    for (const listener of listeners) listener();
  };
  const tell = (event: DraftEvent): void => {
    show({ ...view, state: nextDraft(view.state, event) });
  };
  const stop = (): void => {
    running = false;
    clearTimeout(saveTimer);
    clearTimeout(copyTimer);
  };

  const keepCopy = (): void => {
    const { state } = view;
    const work = needsLocalCopy(state)
      ? localDrafts.write({
          accountId,
          resourceId: id,
          baseVersion: state.version,
          content: state.content,
          keptAt: now().toISOString(),
        })
      : localDrafts.remove(accountId, id);
    work.catch(() => undefined); // A browser that keeps nothing must not stop the saving to the server.
  };

  const plan = (): void => {
    clearTimeout(saveTimer);
    clearTimeout(copyTimer);
    // An earlier copy that nobody has decided about must not be written over.
    if (!running || !looked || view.found !== null) return;
    copyTimer = setTimeout(keepCopy, localDelay);
    const delay = saveDelay(view.state);
    if (delay !== null) saveTimer = setTimeout(() => void save('autosaved'), delay);
  };

  const put = async (origin: Origin): Promise<boolean> => {
    tell({ kind: 'save-started' });
    const { version, content } = view.state;
    try {
      const body = { expectedVersion: version, content, origin };
      const answer = await client.call(libraryApi.saveDraft, { params: { id }, body });
      tell({ kind: 'saved', resource: answer, at: now().toISOString() });
      parts.onSaved(answer);
      return true;
    } catch (error) {
      tell({ kind: 'failed', error: error instanceof ApiError ? error : networkError() });
      return false;
    }
  };

  // One save at a time: the next one must carry the version that the running one brings back.
  const save = async (origin: Origin): Promise<boolean> => {
    if (underWay !== null) await underWay;
    if (view.state.phase === 'conflict') return false;
    const work = put(origin);
    underWay = work;
    try {
      return await work;
    } finally {
      underWay = null;
    }
  };

  const saveNow = async (origin: Origin = 'saved'): Promise<boolean> => {
    if (underWay !== null) await underWay;
    const { state } = view;
    if (state.phase !== 'conflict' && isSameContent(state.content, state.saved)) return true;
    return save(origin);
  };

  const lookForCopy = async (): Promise<void> => {
    const draft = await localDrafts.read(accountId, id);
    if (draft === null || !running) return;
    if (isSameContent(draft.content, view.state.content)) await localDrafts.remove(accountId, id);
    else show({ ...view, found: draft });
  };

  return {
    resourceId: id,
    title: () => view.state.content.title,
    async settle() {
      if (abandoned || !(await saveNow())) return false;
      // An earlier visit's copy that nobody has decided about is not in what was saved.
      if (looked && view.found === null) await localDrafts.remove(accountId, id).catch(() => undefined);
      return true;
    },
    abandon() {
      abandoned = true;
      stop();
    },
    isAtRisk: () => !abandoned && needsLocalCopy(view.state),
    read: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    edit(content) {
      tell({ kind: 'edited', content });
    },
    saveNow: () => saveNow(),
    async putBack(content) {
      if (!(await saveNow())) return false;
      tell({ kind: 'edited', content });
      return saveNow('restored');
    },
    heard(heardOf) {
      if (heardOf.version > view.state.version) tell({ kind: 'moved-on', resource: heardOf });
    },
    signedIn() {
      if (view.state.phase === 'signed-out') tell({ kind: 'signed-in' });
    },
    resume() {
      const { found, state } = view;
      if (found === null) return;
      const event = {
        kind: 'restored-locally',
        content: found.content,
        baseVersion: found.baseVersion,
      } as const;
      show({ state: nextDraft(state, event), found: null });
    },
    forgetFound() {
      show({ ...view, found: null });
    },
    takeTheirs() {
      tell({ kind: 'took-theirs' });
    },
    keepMine() {
      tell({ kind: 'kept-mine' });
    },
    start() {
      running = true;
      lookForCopy()
        .catch(() => undefined)
        .finally(() => {
          looked = true;
          plan();
        });
      return () => {
        stop();
        if (abandoned || !looked || view.found !== null || !needsLocalCopy(view.state)) return;
        keepCopy();
        if (view.state.phase === 'dirty') void save('autosaved');
      };
    },
  };
}
