import { createContext, useContext } from 'react';

import type { Finding } from '../../../../contracts/proofreading.ts';

/** What the body's editor can do for those beside it. Places are those of the plain text that was checked. */
export interface BodyHandle {
  readonly goTo: (finding: Finding) => void;
  /** False when the words are not there any more. */
  readonly replace: (finding: Finding, text: string) => boolean;
}

/** Between the body's editor and the list of findings beside it. */
export interface BodyDesk {
  readonly findings: readonly Finding[];
  readonly attach: (handle: BodyHandle | null) => void;
}

const noDesk: BodyDesk = { findings: [], attach: () => undefined };

export const BodyDeskContext = createContext(noDesk);
export const useBodyDesk = (): BodyDesk => useContext(BodyDeskContext);
