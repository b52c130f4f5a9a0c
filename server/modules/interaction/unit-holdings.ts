import { holdingOf, type KeptUnitColumns, type UnitHolding } from '../identity/index.ts';

/** What citizens say of a page goes where the page goes. */
const hangsOn = { resource: 'resource_id', column: 'column_id', site: 'site_id' };

export const interactionHoldings: readonly UnitHolding[] = [
  holdingOf('interaction.correction', '纠错', { hangsOn }),
  holdingOf('interaction.rating', '网页评价', { hangsOn }),
];

export const interactionKeptColumns: KeptUnitColumns = {
  'interaction.correction_transfer.from_unit_id': 'who handed a correction on',
  'interaction.correction_transfer.to_unit_id': 'who received it then',
};
