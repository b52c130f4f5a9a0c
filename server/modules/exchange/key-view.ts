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

export async function viewOf(db: Db, { unitIds, columnIds, types, fullText }: KeyReach): Promise<KeyView> {
  const trees = unitIds === null ? null : await Promise.all(unitIds.map((id) => unitsBelow(db, id)));
  const units = trees === null ? null : [...new Set(trees.flat())];
  const reach = { unitIds: units, types };
  return {
    now: { ...reach, also: (id) => isShown(id, columnIds) },
    ever: { ...reach, also: (id) => wasShown(id, columnIds) },
    unitIds: units,
    columnIds,
    fullText,
  };
}
