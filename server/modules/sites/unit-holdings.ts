import { holdingOf, type UnitHolding } from '../identity/index.ts';

/** Sites and columns change hands with their addresses; what pages show of them is theirs and not the unit's. */
export const sitesHoldings: readonly UnitHolding[] = [
  holdingOf('sites.site', '站点', { hangsOn: { site: 'id' } }),
  holdingOf('sites.column', '栏目', { hangsOn: { column: 'id' } }),
];
