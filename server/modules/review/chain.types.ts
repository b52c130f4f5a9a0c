import type { ResourceTypeKey } from '../../../contracts/library.ts';

/** Which works a chain is for; null sets no condition. */
export interface ChainRule {
  readonly id: string;
  readonly unitId: string | null;
  readonly columnId: string | null;
  readonly type: ResourceTypeKey | null;
}

/** What a chain is chosen for. */
export interface ChainSubject {
  /** The unit and those above it, the nearest first. */
  readonly unitLine: readonly string[];
  /** The columns it is to stand in and those above them, each with its distance. */
  readonly columns: ReadonlyMap<string, number>;
  readonly type: ResourceTypeKey;
}
