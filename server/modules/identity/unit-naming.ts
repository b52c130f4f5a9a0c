import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';

/** Something that shows a unit's name, or is found by it, and follows when the unit is renamed. Its owner says how. */
export interface UnitNaming {
  /** What it is counted under. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  readonly count: (db: Db, unit: NamedUnit) => Promise<number>;
  /** The next of them, in order of id, in the caller's transaction. */
  readonly follow: (ctx: Ctx, step: NameStep) => Promise<Followed>;
}

interface NamedUnit {
  readonly id: string;
  readonly name: string;
}

export interface NameStep {
  readonly unitId: string;
  readonly formerName: string;
  readonly newName: string;
  /** Those up to this id have followed. */
  readonly after: string;
  readonly limit: number;
}

export interface Followed {
  readonly count: number;
  /** Where to go on; undefined when none is left. */
  readonly after: string | undefined;
}
