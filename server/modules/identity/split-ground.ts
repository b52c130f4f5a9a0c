import type { Db } from '../../platform/db.ts';
import type { ColumnPlace } from './split.rules.ts';

interface Kept {
  /** Whose it is now. */
  readonly unitId: string;
}

export interface GroundColumn extends Kept, ColumnPlace {
  readonly name: string;
}

export interface GroundResource extends Kept {
  readonly type: string;
  readonly terms: readonly string[];
  /** Its main column. */
  readonly columnId: string | null;
}

/** On what other things hang. */
export type Keeper = 'resource' | 'column' | 'site';

/** What a split has to know of resources, columns and sites: other modules know it. What is asked for and not there is left out. */
export interface SplitGround {
  /** The holdings that they are. */
  readonly keepers: Readonly<Record<Keeper, string>>;
  readonly resources: (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, GroundResource>>;
  readonly columns: (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, GroundColumn>>;
  readonly sites: (
    db: Db,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Kept & { readonly name: string }>>;
  /** What terms are called. */
  readonly terms: (db: Db, references: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What types of information are called. */
  readonly types: (db: Db) => Promise<ReadonlyMap<string, string>>;
  /** Each term with itself and everything broader. */
  readonly broader: (
    db: Db,
    references: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
}
