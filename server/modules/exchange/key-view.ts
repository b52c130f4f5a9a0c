import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { unitsBelow } from '../identity/index.ts';
import type { OpenView } from '../library/index.ts';
import { isShown, wasShown } from '../sites/index.ts';
import type { KeyRow } from './key.queries.ts';

/** What a key may see: the one place where its reach becomes conditions. */
export interface KeyView {
  /** What is published there now. */
  readonly now: OpenView;
  /** What ever was: of what is gone, only that it is gone is told. */
  readonly ever: OpenView;
  /** Units with those below them; null: all. */
  readonly unitIds: readonly string[] | null;
  readonly columnIds: readonly string[] | null;
  readonly fullText: boolean;
}

export type KeyReach = Pick<KeyRow, 'unitIds' | 'columnIds' | 'types' | 'fullText'>;

/** What whoever asks wants of it; null is all. */
export type KeyPart = Pick<KeyRow, 'unitIds' | 'columnIds' | 'types'>;
const everything: KeyPart = { unitIds: null, columnIds: null, types: null };

/** The view of a key, or of a part of it: whatever is asked for, it reaches no further than the key. */
export async function viewOf(db: Db, key: KeyReach, part: KeyPart = everything): Promise<KeyView> {
  const units = both(await withThoseBelow(db, key.unitIds), await withThoseBelow(db, part.unitIds));
  const columnIds = both(key.columnIds, part.columnIds);
  const reach = { unitIds: units, types: both(key.types, part.types) };
  return {
    now: { ...reach, also: (id) => isShown(id, columnIds) },
    ever: { ...reach, also: (id) => wasShown(id, columnIds) },
    unitIds: units,
    columnIds,
    fullText: key.fullText,
  };
}

async function withThoseBelow(db: Db, unitIds: readonly string[] | null): Promise<readonly string[] | null> {
  if (unitIds === null) return null;
  const trees = await Promise.all(unitIds.map((id) => unitsBelow(db, id)));
  return [...new Set(trees.flat())];
}

function both<T extends string>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((id) => other.includes(id));
}

/** The part that a query names in lists. */
export function partIn(query: {
  readonly types?: string | undefined;
  readonly units?: string | undefined;
  readonly columns?: string | undefined;
}): KeyPart {
  const listed = (text: string | undefined): readonly string[] | null => text?.split(',') ?? null;
  return {
    types: listed(query.types) as readonly ResourceTypeKey[] | null,
    unitIds: listed(query.units),
    columnIds: listed(query.columns),
  };
}
