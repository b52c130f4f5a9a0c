/** Something that is being written in this window. */
export interface OpenDraft {
  readonly resourceId: string;
  readonly title: () => string;
  /** Sends what is unsaved, and removes the browser's copy of it; true when the server has what the screen shows. */
  readonly settle: () => Promise<boolean>;
  /** The person gives up what is unsaved: nothing more is kept or sent. */
  readonly abandon: () => void;
}

/** Lets whoever signs out bring what is being written to safety first. */
export interface OpenDrafts {
  /** The answer takes it off again. */
  readonly add: (draft: OpenDraft) => () => void;
  readonly all: () => readonly OpenDraft[];
}

export function createOpenDrafts(): OpenDrafts {
  // One draft may come again before its last visit has ended.
  const open = new Map<symbol, OpenDraft>();
  return {
    add(draft) {
      const visit = Symbol('visit');
      open.set(visit, draft);
      return () => {
        open.delete(visit);
      };
    },
    all: () => [...new Set(open.values())],
  };
}
