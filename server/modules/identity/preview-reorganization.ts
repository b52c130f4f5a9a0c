import type { ReorganizationPreview } from '../../../contracts/reorganization.ts';
import type { Db } from '../../platform/db.ts';
import { accountColumn, nameOfHolding } from './reorganization.presenter.ts';
import type { ReorganizationRow } from './reorganization.queries.ts';
import { countRows, type UnitHolding } from './unit-holding.ts';

/** What the ending units still hold. After the merger it is what stayed: nothing but what the rules leave behind. */
export async function previewHoldings(
  db: Db,
  holdings: readonly UnitHolding[],
  row: ReorganizationRow,
): Promise<ReorganizationPreview> {
  const sum = async (of: (unitId: string) => Promise<number>): Promise<number> => {
    let total = 0;
    for (const unitId of row.unitIds) total += await of(unitId);
    return total;
  };
  const accounts = await sum((unitId) => countRows(db, 'identity.account', unitId));
  const shown: ReorganizationPreview['holdings'] = [
    { holding: accountColumn, name: nameOfHolding(holdings, accountColumn), count: accounts, busy: 0 },
  ];
  for (const holding of holdings) {
    shown.push({
      holding: holding.column,
      name: holding.name,
      count: await sum((unitId) => holding.count(db, unitId)),
      busy: await sum(async (unitId) => (await holding.busy?.(db, unitId)) ?? 0),
    });
  }
  return { holdings: shown };
}
