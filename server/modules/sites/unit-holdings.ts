import { holdingOf, type UnitHolding } from '../identity/index.ts';

/** Sites. */
export const sites = holdingOf('sites.site', '站点', { hangsOn: { site: 'id' } });
/** Columns. */
export const columns = holdingOf('sites.column', '栏目', { hangsOn: { column: 'id' } });

/** Sites and columns change hands with their addresses; what pages show of them is theirs and not the unit's. */
export const sitesHoldings: readonly UnitHolding[] = [sites, columns];
