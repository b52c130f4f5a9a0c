import type { KeptUnitColumns } from './unit-holding.ts';

/** Columns of this schema that a merger or a split does not move as a holding. */
export const keptUnitColumns: KeptUnitColumns = {
  'identity.account.unit_id': 'people go over all at once when a merger begins',
  'identity.unit.parent_id': 'the tree changes when a merger begins',
  'identity.unit.successor_id': 'the merger itself',
  'identity.unit_ancestor.unit_id': 'follows the tree',
  'identity.unit_ancestor.ancestor_id': 'follows the tree',
  'identity.former_name.unit_id': 'what an ended unit was called stays true of it',
  'identity.reorganization.successor_id': 'history of mergers',
  'identity.reorganization_unit.unit_id': 'history of mergers',
  'identity.split_receiver.unit_id': 'history of splits',
  'identity.unit_split.unit_id': 'history of splits',
  'identity.unit_split.receiver_id': 'history of splits',
};
