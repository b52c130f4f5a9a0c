import type { Neighbourhood, ResourceRelation } from '../../../contracts/library.ts';

export const boxWidth = 132;
export const boxHeight = 46;
const gapX = 76;
const gapY = 16;

export interface PlacedResource {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, PlacedResource>;
}

/**
 * Who names the resource stands left of it, what it names right; what lies a step further stands further out. The same
 * neighbourhood gives the same picture.
 */
export function layOut({ resources, relations }: Pick<Neighbourhood, 'resources' | 'relations'>): Layout {
  const [centre] = resources;
  if (!centre) return { width: 0, height: 0, places: new Map() };
  const lanes = lanesOf(centre.id, relations);
  const columns = new Map<number, string[]>();
  for (const { id } of resources) {
    const lane = lanes.get(id) ?? 1;
    columns.set(lane, [...(columns.get(lane) ?? []), id]);
  }
  const numbers = [...columns.keys()].sort((a, b) => a - b);
  const tallest = Math.max(...[...columns.values()].map((ids) => ids.length));
  const height = tallest * (boxHeight + gapY) - gapY;
  const places = new Map<string, PlacedResource>();
  for (const [at, lane] of numbers.entries()) {
    const ids = columns.get(lane) ?? [];
    const top = (height - (ids.length * (boxHeight + gapY) - gapY)) / 2;
    for (const [row, id] of ids.entries()) {
      places.set(id, { id, x: at * (boxWidth + gapX), y: top + row * (boxHeight + gapY) });
    }
  }
  return { width: numbers.length * (boxWidth + gapX) - gapX, height, places };
}

function lanesOf(centre: string, relations: readonly ResourceRelation[]): ReadonlyMap<string, number> {
  const lanes = new Map([[centre, 0]]);
  for (const { from, to } of relations) {
    if (from === centre && !lanes.has(to)) lanes.set(to, 1);
    if (to === centre && !lanes.has(from)) lanes.set(from, -1);
  }
  const near = new Map(lanes);
  for (const { from, to } of relations) {
    for (const [known, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const lane = near.get(known);
      if (lane !== undefined && lane !== 0 && !lanes.has(other)) lanes.set(other, lane * 2);
    }
  }
  return lanes;
}

export interface Line {
  readonly key: string;
  readonly relation: ResourceRelation;
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

/** Curves from who names to what is named; of two between the same boxes, one above the other. */
export function linesOf({ places }: Layout, relations: readonly ResourceRelation[]): readonly Line[] {
  const between = new Map<string, number>();
  return relations.flatMap((relation): Line[] => {
    const [from, to] = [places.get(relation.from), places.get(relation.to)];
    if (!from || !to) return [];
    const pair = [relation.from, relation.to].sort().join(' ');
    const nth = between.get(pair) ?? 0;
    between.set(pair, nth + 1);
    const rightward = from.x <= to.x;
    const startX = from.x + (rightward ? boxWidth : 0);
    const endX = to.x + (rightward && from.x !== to.x ? 0 : boxWidth);
    const startY = from.y + boxHeight / 2 + nth * 12;
    const endY = to.y + boxHeight / 2 + nth * 12;
    const bend = from.x === to.x ? startX + gapX / 2 : (startX + endX) / 2;
    return [
      {
        key: `${relation.from}-${relation.kind}-${relation.to}`,
        relation,
        path: `M ${String(startX)} ${String(startY)} C ${String(bend)} ${String(startY)}, ${String(bend)} ${String(endY)}, ${String(endX)} ${String(endY)}`,
        labelX: from.x === to.x ? startX + gapX / 4 : (startX + endX) / 2,
        labelY: (startY + endY) / 2 - 4,
      },
    ];
  });
}

/** A title in at most two lines of a box. */
export function titleLines(title: string): readonly string[] {
  const signs = Array.from(title);
  const perLine = 9;
  if (signs.length <= perLine) return [title];
  const rest = signs.slice(perLine);
  const second = rest.length > perLine ? `${rest.slice(0, perLine - 1).join('')}…` : rest.join('');
  return [signs.slice(0, perLine).join(''), second];
}
