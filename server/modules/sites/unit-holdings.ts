import { holdingOf, type KeptUnitColumns, reachOf, type UnitHolding } from '../identity/index.ts';

/** Sites. */
export const sites = holdingOf('sites.site', '站点', { hangsOn: { site: 'id' } });
/** Columns. */
export const columns = holdingOf('sites.column', '栏目', { hangsOn: { column: 'id' } });
/** Units that supply columns of others. */
const suppliers = reachOf('sites.responsibility_entry', '供稿的栏目');

/** Sites and columns change hands with their addresses; what pages show of them is theirs and not the unit's. */
export const sitesHoldings: readonly UnitHolding[] = [
  sites,
  columns,
  suppliers,
  holdingOf('sites.mapping_rule', '映射规则'),
  reachOf('sites.column_writers', '共建栏目'),
  holdingOf('sites.submission', '报送', { hangsOn: { resource: 'resource_id' } }),
  holdingOf('sites.take_down', '下架', { hangsOn: { resource: 'resource_id' } }),
  holdingOf('sites.topic', '专题', { hangsOn: { resource: 'resource_id' } }),
  holdingOf('sites.joint_release', '联合发布', { hangsOn: { resource: 'lead_resource_id' } }),
];

export const sitesKeptColumns: KeptUnitColumns = {
  'sites.entry_removal.unit_id': 'says for ever from whom an entry was taken',
};
