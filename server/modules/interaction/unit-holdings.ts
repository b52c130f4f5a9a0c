import { holdingOf, type KeptUnitColumns, type UnitHolding } from '../identity/index.ts';

export const interactionHoldings: readonly UnitHolding[] = [
  holdingOf('interaction.correction', '纠错'),
  holdingOf('interaction.rating', '网页评价'),
];

export const interactionKeptColumns: KeptUnitColumns = {
  'interaction.correction_transfer.from_unit_id': 'who handed a correction on',
  'interaction.correction_transfer.to_unit_id': 'who received it then',
};
