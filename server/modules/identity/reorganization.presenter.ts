import type { Actor } from '../../../contracts/actor.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import type { Db } from '../../platform/db.ts';
import type { ReformParts } from './reform-parts.ts';
import { reformActions } from './reorganization.policy.ts';
import type { ReorganizationRow } from './reorganization.queries.ts';
import { presentSplits } from './split.presenter.ts';
import { unitsById } from './unit.queries.ts';

/** Accounts go first and all at once, so they are no holding that a clock moves. */
export const accountColumn = 'identity.account.unit_id';

export function nameOfHolding({ holdings, namings }: ReformParts, key: string): string {
  if (key === accountColumn) return '用户';
  const held = holdings.find((one) => one.column === key) ?? namings.find((one) => one.key === key);
  return held?.name ?? key;
}

export async function presentReorganizations(
  { db, actor }: { readonly db: Db; readonly actor: Actor },
  parts: ReformParts,
  rows: readonly ReorganizationRow[],
): Promise<Reorganization[]> {
  const ids = new Set(rows.flatMap((row) => [...row.unitIds, row.successorId]));
  const units = await unitsById(db, [...ids]);
  const named = (id: string): Reorganization['successor'] => {
    const unit = units.get(id);
    if (!unit) throw new Error(`unit ${id} of a reorganization does not exist`);
    return { id, name: unit.name, organisationCode: unit.organisationCode };
  };
  const presentMoved = (moved: ReorganizationRow['moved']): Reorganization['moved'] =>
    Object.entries(moved).map(([holding, count]) => ({
      holding,
      name: nameOfHolding(parts, holding),
      count,
    }));
  const presentSplit = await presentSplits(db, parts, rows, presentMoved);
  const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    basis: row.basis,
    state: row.state,
    units: row.unitIds.map(named),
    successor: named(row.successorId),
    split: row.split && presentSplit(row.split),
    newName: row.newName,
    newShortName: row.newShortName,
    startsAt: row.startsAt.toISOString(),
    plannedByName: row.plannedByName,
    plannedAt: row.plannedAt.toISOString(),
    confirmedByName: row.confirmedByName,
    confirmedAt: instant(row.confirmedAt),
    startedAt: instant(row.startedAt),
    endedAt: instant(row.endedAt),
    note: row.note,
    moved: presentMoved(row.moved),
    actions: reformActions(actor, row),
    version: row.version,
  }));
}
