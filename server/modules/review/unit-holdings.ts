import { holdingOf, type KeptUnitColumns, type UnitHolding } from '../identity/index.ts';

/** The chain of an open review goes on with people of the successor; nobody approves what they wrote, as ever. */
export const reviewHoldings: readonly UnitHolding[] = [
  holdingOf('review.review', '审核', { hangsOn: { resource: 'resource_id' } }),
];

export const reviewKeptColumns: KeptUnitColumns = {
  'review.responsibility_record.unit_id': 'says for ever who answered for a revision',
};
