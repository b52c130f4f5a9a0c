import type { ReactNode } from 'react';

/** What every screen of 校核规则 is handed. */
export interface SectionProps {
  /** The ways to the others. */
  readonly sections: ReactNode;
  /** Only operators change something; others look on. */
  readonly mayKeep: boolean;
}
