import type { Unit } from '../../../contracts/identity.ts';

/**
 * Depth first, by position and then by age. A unit whose parent is not in the list starts a tree of its own,
 * as it does for somebody who sees only a branch.
 */
export function inTreeOrder(units: readonly Unit[]): readonly Unit[] {
  const known = new Set(units.map((unit) => unit.id));
  const children = new Map<string | null, Unit[]>();
  for (const unit of units) {
    const parent = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const ordered: Unit[] = [];
  const visit = (parent: string | null) => {
    const below = children.get(parent) ?? [];
    below.sort((a, b) => a.position - b.position || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    for (const unit of below) {
      ordered.push(unit);
      visit(unit.id);
    }
  };
  visit(null);
  return ordered;
}
