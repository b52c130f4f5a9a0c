import type { Unit } from '../../contracts/identity.ts';

export interface UnitNode {
  readonly value: string;
  readonly key: string;
  readonly title: string;
  readonly unit: Unit;
  readonly children: UnitNode[];
}

/** The flat list of units as a tree; whoever's parent is out of sight stands on top. */
export function unitTree(units: readonly Unit[]): readonly UnitNode[] {
  const nodes = new Map<string, UnitNode>(
    units.map((unit) => [unit.id, { value: unit.id, key: unit.id, title: unit.name, unit, children: [] }]),
  );
  const tops: UnitNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.unit.parentId === null ? undefined : nodes.get(node.unit.parentId);
    (parent?.children ?? tops).push(node);
  }
  return tops;
}

/** Units as options of one select, deeper ones indented. */
export function unitOptions(units: readonly Unit[]): { value: string; label: string; disabled: boolean }[] {
  const walk = (
    nodes: readonly UnitNode[],
    depth: number,
  ): { value: string; label: string; disabled: boolean }[] =>
    nodes.flatMap(({ unit, children }) => [
      {
        value: unit.id,
        label: `${'　'.repeat(depth)}${unit.name}${unit.closed ? '（已撤销）' : ''}`,
        disabled: unit.closed,
      },
      ...walk(children, depth + 1),
    ]);
  return walk(unitTree(units), 0);
}
