import { holdingOf, type KeptUnitColumns, type UnitHolding } from '../identity/index.ts';

/** The chain of an open review goes on with people of the successor; nobody approves what they wrote, as ever. */
export const reviewHoldings: readonly UnitHolding[] = [
  holdingOf('review.review', '审核', { hangsOn: { resource: 'resource_id' } }),
];

export const reviewKeptColumns: KeptUnitColumns = {
  'review.chain.unit_id': 'the works of a unit that ended are the successor’s and go by its chains',
  'review.urgent_rule.unit_id':
    'a unit that ended releases nothing any more; its successor is given its own rule',
  'review.review.asked_unit_ids':
    'names whom a review asks; when such a unit ends the work is taken back and handed in anew',
  'review.responsibility_record.unit_id': 'says for ever who answered for a revision',
};
