import { holdingOf, type KeptUnitColumns, type UnitHolding } from '../identity/index.ts';

export const followingHoldings: readonly UnitHolding[] = [
  holdingOf('following.subscription', '订阅', { hangsOn: { column: 'column_id' } }),
];

export const followingKeptColumns: KeptUnitColumns = {
  'following.subscription.source_unit_ids': 'units of the other platform',
};
