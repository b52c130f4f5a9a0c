import type { DraftConflict, Resource, ResourceContent, Revision } from '../../../contracts/library.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { isSameContent } from '../../lib/content.ts';

/**
 * What happens to a draft between the keyboard and the server, as a pure state machine. The one rule behind
 * all of it: nothing typed is lost and nothing on the server is overwritten unseen.
 */
export type DraftPhase =
  /** The server has what the screen shows. */
  | 'clean'
  | 'dirty'
  | 'saving'
  /** The server could not be reached; saved in the browser, tried again and again. */
  | 'offline'
  /** The session is gone; saved in the browser, goes on after signing in again. */
  | 'signed-out'
  /** Somebody else saved in between; a person decides. */
  | 'conflict'
  /** The server refuses this content; waits for the next edit. */
  | 'refused';

export interface DraftState {
  readonly phase: DraftPhase;
  readonly version: number;
  /** The newest revision that the server told of. */
  readonly head: Revision;
  /** Our words as the server last took or gave them. */
  readonly saved: ResourceContent;
  readonly content: ResourceContent;
  /** The content under way to the server. */
  readonly sent: ResourceContent | null;
  readonly savedAt: string | null;
  readonly failures: number;
  readonly error: ApiError | null;
  readonly theirs: Revision | null;
}

export type DraftEvent =
  | { readonly kind: 'edited'; readonly content: ResourceContent }
  | { readonly kind: 'save-started' }
  | { readonly kind: 'saved'; readonly resource: Resource; readonly at: string }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'signed-in' }
  /** The server answered another act (schedule, submission …) with a newer version of the same content. */
  | { readonly kind: 'moved-on'; readonly resource: Resource }
  | { readonly kind: 'restored-locally'; readonly content: ResourceContent; readonly baseVersion: number }
  | { readonly kind: 'took-theirs' }
  | { readonly kind: 'kept-mine' };

export function draftOf(resource: Resource): DraftState {
  return {
    phase: 'clean',
    version: resource.version,
    head: resource.head,
    saved: resource.head.content,
    content: resource.head.content,
    sent: null,
    savedAt: resource.head.createdAt,
    failures: 0,
    error: null,
    theirs: null,
  };
}

type Handlers = {
  readonly [K in DraftEvent['kind']]: (
    state: DraftState,
    event: Extract<DraftEvent, { kind: K }>,
  ) => DraftState;
};

const handlers: Handlers = {
  edited: (state, { content }) => edited(state, content),
  'save-started': (state) => ({ ...state, phase: 'saving', sent: state.content }),
  saved: (state, { resource, at }) => saved(state, resource, at),
  failed: (state, { error }) => failed(state, error),
  'signed-in': (state) => (state.phase === 'signed-out' ? { ...state, phase: 'dirty', error: null } : state),
  'moved-on': (state, { resource }) => movedOn(state, resource),
  'restored-locally': (state, { content, baseVersion }) =>
    // Typed on an older version: what came since must be seen before it is written over.
    baseVersion === state.version
      ? { ...state, phase: 'dirty', content }
      : { ...state, phase: 'conflict', content, theirs: state.head },
  'took-theirs': (state) =>
    state.theirs === null ? state : { ...state, ...settledOn(state.theirs, state.version) },
  'kept-mine': (state) =>
    state.theirs === null
      ? state
      : {
          ...state,
          phase: 'dirty',
          head: state.theirs,
          saved: state.theirs.content,
          theirs: null,
          error: null,
        },
};

export function nextDraft(state: DraftState, event: DraftEvent): DraftState {
  const handle = handlers[event.kind] as (state: DraftState, event: DraftEvent) => DraftState;
  return handle(state, event);
}

function settledOn(revision: Revision, version: number): Partial<DraftState> {
  return {
    phase: 'clean',
    version,
    head: revision,
    saved: revision.content,
    content: revision.content,
    sent: null,
    savedAt: revision.createdAt,
    theirs: null,
    error: null,
  };
}

function edited(state: DraftState, content: ResourceContent): DraftState {
  // While a save is under way, signed out or in conflict, the new words only wait beside the old ones.
  const waits = state.phase === 'saving' || state.phase === 'signed-out' || state.phase === 'conflict';
  if (waits || state.phase === 'offline') return { ...state, content };
  return { ...state, content, phase: isSameContent(content, state.saved) ? 'clean' : 'dirty', error: null };
}

function saved(state: DraftState, resource: Resource, at: string): DraftState {
  const base = state.sent ?? resource.head.content;
  return {
    ...state,
    phase: isSameContent(state.content, base) ? 'clean' : 'dirty',
    version: resource.version,
    head: resource.head,
    saved: base,
    sent: null,
    savedAt: at,
    failures: 0,
    error: null,
  };
}

function failed(state: DraftState, error: ApiError): DraftState {
  const base = { ...state, sent: null, error };
  if (error.isPassing || error.status >= 500) {
    return { ...base, phase: 'offline', failures: state.failures + 1 };
  }
  if (error.status === 401) return { ...base, phase: 'signed-out' };
  if (error.code === 'library.resource-changed') {
    const conflict = conflictOf(error.details);
    if (conflict === null) return { ...base, phase: 'refused' };
    // Both wrote the same: there is nothing to choose between.
    if (isSameContent(conflict.current.content, state.content)) {
      return { ...base, ...settledOn(conflict.current, conflict.currentVersion), failures: 0 };
    }
    return { ...base, phase: 'conflict', theirs: conflict.current, version: conflict.currentVersion };
  }
  return { ...base, phase: 'refused' };
}

function conflictOf(details: unknown): DraftConflict | null {
  const conflict = details as Partial<DraftConflict> | null | undefined;
  if (typeof conflict?.currentVersion !== 'number' || conflict.current === undefined) return null;
  return conflict as DraftConflict;
}

function movedOn(state: DraftState, resource: Resource): DraftState {
  if (state.phase === 'saving' || state.phase === 'conflict') return state;
  const isOurs = isSameContent(resource.head.content, state.saved);
  if (state.phase === 'clean') {
    const settled = isOurs
      ? { version: resource.version, head: resource.head }
      : settledOn(resource.head, resource.version);
    return { ...state, ...settled };
  }
  // Unsaved words over a revision we have not seen keep their old version: the next save asks.
  return isOurs ? { ...state, version: resource.version } : state;
}

const pause = 3_000;
const longestWait = 60_000;

/** Milliseconds until the next save should start by itself; null when it waits for a person. */
export function saveDelay(state: DraftState): number | null {
  if (state.phase === 'dirty') return pause;
  if (state.phase === 'offline') return Math.min(longestWait, pause * 2 ** Math.max(0, state.failures - 1));
  return null;
}

/** Whether the browser must keep a copy, because the server does not have these words. */
export function needsLocalCopy(state: DraftState): boolean {
  return state.phase !== 'clean';
}

/** `已保存 10:32` and its relatives. */
export function phaseText(state: DraftState, clock: (instant: string) => string): string {
  switch (state.phase) {
    case 'clean':
      return state.savedAt === null ? '已保存' : `已保存 ${clock(state.savedAt)}`;
    case 'dirty':
      return '有修改，即将自动保存';
    case 'saving':
      return '正在保存…';
    case 'offline':
      return '离线保存在本机，连上后自动提交';
    case 'signed-out':
      return '登录已过期，内容保存在本机';
    case 'conflict':
      return '与他人的修改冲突，请选择';
    case 'refused':
      return `未能保存：${state.error?.title ?? ''}`;
  }
}
