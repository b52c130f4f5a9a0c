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

/** How far along a curve its word stands: nearer to the end that fewer curves share, so that words do not meet. */
function wordPlace(fromDegree: number, toDegree: number): number {
  if (fromDegree === toDegree) return 0.5;
  return fromDegree > toDegree ? 0.7 : 0.3;
}

/** The curve from one point to another that leaves and arrives level; `bend` is where both its handles stand. */
function along(start: Point, end: Point, bend: number, t: number): Point {
  const back = 1 - t;
  return {
    x: back ** 3 * start.x + 3 * back * t * bend + t ** 3 * end.x,
    y: start.y + (3 * t ** 2 - 2 * t ** 3) * (end.y - start.y),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Curves from who names to what is named; of two between the same boxes, one above the other. */
export function linesOf({ places }: Layout, relations: readonly ResourceRelation[]): readonly Line[] {
  const between = new Map<string, number>();
  const degree = Map.groupBy(
    relations.flatMap(({ from, to }) => [from, to]),
    (id) => id,
  );
  const degreeOf = (id: string): number => degree.get(id)?.length ?? 0;
  return relations.flatMap((relation): Line[] => {
    const [from, to] = [places.get(relation.from), places.get(relation.to)];
    if (!from || !to) return [];
    const pair = [relation.from, relation.to].sort().join(' ');
    const nth = between.get(pair) ?? 0;
    between.set(pair, nth + 1);
    const [start, end] = endsOf(from, to, nth * 12);
    const bend = from.x === to.x ? start.x + gapX / 2 : (start.x + end.x) / 2;
    const word = along(start, end, bend, wordPlace(degreeOf(relation.from), degreeOf(relation.to)));
    const point = ({ x, y }: Point): string => `${String(x)} ${String(y)}`;
    const handles = [start, end].map(({ y }) => point({ x: bend, y })).join(', ');
    return [
      {
        key: `${relation.from}-${relation.kind}-${relation.to}`,
        relation,
        path: `M ${point(start)} C ${handles}, ${point(end)}`,
        labelX: word.x,
        labelY: word.y - 4,
      },
    ];
  });
}

/** From the side that faces the other box; boxes above each other are joined at their right sides. */
function endsOf(from: PlacedResource, to: PlacedResource, lower: number): readonly [Point, Point] {
  const level = ({ y }: PlacedResource): number => y + boxHeight / 2 + lower;
  const startsRight = from.x <= to.x;
  const endsRight = from.x >= to.x;
  return [
    { x: from.x + (startsRight ? boxWidth : 0), y: level(from) },
    { x: to.x + (endsRight ? boxWidth : 0), y: level(to) },
  ];
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
