import type { ReorganizationPreview } from '../../../contracts/reorganization.ts';
import type { Db } from '../../platform/db.ts';
import { accountColumn, nameOfHolding } from './reorganization.presenter.ts';
import type { ReformParts } from './reform-parts.ts';
import { givingUnits, type ReorganizationRow } from './reorganization.queries.ts';
import { accountShares, sharing } from './share-holdings.ts';
import { countRows } from './unit-holding.ts';
import { unitsById } from './unit.queries.ts';

/** What follows the new name, or what the units still hold that give it up; when it is done, what stayed behind. */
export async function previewReorganization(
  db: Db,
  parts: ReformParts,
  row: ReorganizationRow,
): Promise<ReorganizationPreview> {
  return {
    holdings: row.kind === 'renaming' ? await nameBearers(db, parts, row) : await held(db, parts, row),
  };
}

async function nameBearers(
  db: Db,
  { namings }: ReformParts,
  row: ReorganizationRow,
): Promise<ReorganizationPreview['holdings']> {
  const unit = (await unitsById(db, [row.successorId])).get(row.successorId);
  if (!unit) throw new Error(`unit ${row.successorId} of a reorganization does not exist`);
  const shown: ReorganizationPreview['holdings'] = [];
  for (const { key, name, count } of namings) {
    shown.push({ holding: key, name, count: await count(db, unit), busy: 0 });
  }
  return shown;
}

async function held(
  db: Db,
  parts: ReformParts,
  row: ReorganizationRow,
): Promise<ReorganizationPreview['holdings']> {
  const sum = async (of: (unitId: string) => Promise<number>): Promise<number> => {
    let total = 0;
    for (const unitId of givingUnits(row)) total += await of(unitId);
    return total;
  };
  const sharesOf = await sharing(db, parts, row);
  const accounts = await sum((unitId) => countRows(db, 'identity.account', unitId));
  const shown: ReorganizationPreview['holdings'] = [
    {
      holding: accountColumn,
      name: nameOfHolding(parts, accountColumn),
      count: accounts,
      busy: 0,
      ...(sharesOf ? await accountShares(db, row, accounts) : {}),
    },
  ];
  for (const holding of parts.holdings) {
    const count = await sum((unitId) => holding.count(db, unitId));
    shown.push({
      holding: holding.column,
      name: holding.name,
      count,
      busy: await sum(async (unitId) => (await holding.busy?.(db, unitId)) ?? 0),
      ...(sharesOf ? await sharesOf(holding, count) : {}),
    });
  }
  return shown;
}
