import type { SplitGround } from './split-ground.ts';
import type { UnitHolding } from './unit-holding.ts';
import type { UnitNaming } from './unit-naming.ts';

/** What follows when a unit ends or is divided, and when it is called otherwise. */
export interface ReformParts {
  readonly holdings: readonly UnitHolding[];
  readonly namings: readonly UnitNaming[];
  readonly ground: SplitGround;
}
