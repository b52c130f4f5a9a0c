import type { RelationKind } from '../../../contracts/library.ts';

/**
 * Relations that are an order, and would contradict themselves in a circle: nothing is a part of its own part, and of
 * two documents one is the newer. What amends, repeals or replaces stands before what it touches, so the three are one
 * order; `replacedBy` is written on the older document and walked against its direction.
 */
export interface RelationOrder {
  readonly name: string;
  readonly forward: readonly RelationKind[];
  readonly backward: readonly RelationKind[];
}

export const relationOrders: readonly RelationOrder[] = [
  { name: '修改、废止和替代', forward: ['amends', 'repeals'], backward: ['replacedBy'] },
  { name: '所属', forward: ['partOf'], backward: [] },
  { name: '附件', forward: ['attachmentOf'], backward: [] },
];
