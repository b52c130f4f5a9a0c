import type { UnitHistory } from '../../../contracts/reorganization.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { formerNames, unitsWithSuccessors } from './former-name.queries.ts';
import { mergersAround } from './reorganization.queries.ts';
import { requireUnitInScope } from './scope.ts';
import { type PastSplit, splitsAround, splitsOf } from './split.queries.ts';
import type { UnitPast, UnitPasts } from './unit-past.rules.ts';
import { canSeeAllUnits } from './unit.policy.ts';
import { unitsById } from './unit.queries.ts';

/** What these units, and all that took over from them, were called and are. */
export async function unitPasts(db: Db, ids: readonly string[]): Promise<UnitPasts> {
  const units = await unitsWithSuccessors(db, ids);
  const unitIds = units.map((unit) => unit.id);
  const names = Map.groupBy(await formerNames(db, unitIds), (one) => one.unitId);
  const splits = Map.groupBy(await splitsOf(db, unitIds), (one) => one.unitId);
  return new Map(
    units.map(({ id, name, closedAt, successorId }) => [
      id,
      {
        ...{ name, closedAt, successorId },
        formerNames: names.get(id) ?? [],
        splits: splitsAt(splits.get(id) ?? []),
      },
    ]),
  );
}

function splitsAt(rows: readonly PastSplit[]): UnitPast['splits'] {
  const byInstant = Map.groupBy(rows, ({ at }) => at.getTime());
  return [...byInstant.values()].flatMap((those) => {
    const [first] = those;
    return first ? [{ at: first.at, receiverIds: those.map((one) => one.receiverId) }] : [];
  });
}

/** 沿革: whoever sees the unit sees what became of it, the newest first. */
export async function readUnitHistory({ db, actor }: Reader, unitId: string): Promise<UnitHistory> {
  if (!canSeeAllUnits(actor)) requireUnitInScope(actor, unitId);
  const unit = (await unitsById(db, [unitId])).get(unitId);
  if (!unit) throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
  const names = await formerNames(db, [unitId]);
  const renamed = names.map(({ name, endedAt, basis }, index) => ({
    kind: 'renamed' as const,
    at: endedAt,
    formerName: name,
    newName: names[index + 1]?.name ?? unit.name,
    unit: null,
    basis,
  }));
  const merged = (await mergersAround(db, unitId)).map(({ at, from, to, basis }) => ({
    kind: from.id === unitId ? ('merged' as const) : ('took-over' as const),
    at,
    formerName: null,
    newName: null,
    unit: from.id === unitId ? to : from,
    basis,
  }));
  const splits = await splitsAround(db, unitId);
  const others = await unitsById(
    db,
    splits.flatMap((one) => [one.unitId, one.receiverId]),
  );
  const divided = splits.flatMap(({ at, basis, ...split }) => {
    const gave = split.unitId === unitId;
    const other = others.get(gave ? split.receiverId : split.unitId);
    if (!other) return [];
    const { id, name, organisationCode } = other;
    const kind = gave ? ('gave' as const) : ('received' as const);
    return [{ kind, at, formerName: null, newName: null, unit: { id, name, organisationCode }, basis }];
  });
  return [...renamed, ...merged, ...divided]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .map((step) => ({ ...step, at: step.at.toISOString() }));
}
