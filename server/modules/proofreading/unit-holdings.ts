import { holdingOf, type UnitHolding } from '../identity/index.ts';

/** Findings go with the resources in which they are. */
export const proofreadingHoldings: readonly UnitHolding[] = [
  holdingOf('proofreading.finding', '校核发现', { hangsOn: { resource: 'resource_id' } }),
  holdingOf('proofreading.finding_task', '校核发现任务', { hangsOn: { resource: 'resource_id' } }),
];
