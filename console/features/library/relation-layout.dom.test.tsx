import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RelatedResource, ResourceRelation } from '../../../contracts/library.ts';
import { boxHeight, boxWidth, layOut, linesOf, titleLines } from './relation-layout.ts';

const resource = (id: string): RelatedResource => ({
  id,
  title: `第${id}号文件`,
  type: 'policy',
  unitName: '区政府办公室',
  isPublic: true,
  isOpen: true,
});
const relation = (from: string, to: string): ResourceRelation => ({
  from,
  to,
  kind: 'amends',
  isPublic: true,
});

const neighbourhoods = fc
  .record({
    number: fc.integer({ min: 1, max: 40 }),
    links: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
  })
  .map(({ number, links }) => ({
    resources: Array.from({ length: number }, (_, at) => resource(String(at + 1))),
    relations: links
      .filter(([from, to]) => from < number && to < number && from !== to)
      .map(([from, to]) => relation(String(from + 1), String(to + 1))),
  }));

describe('the picture of a neighbourhood', () => {
  it('has a place for everybody, inside the picture, and no two on top of each other', () => {
    fc.assert(
      fc.property(neighbourhoods, (around) => {
        const { width, height, places } = layOut(around);
        const boxes = [...places.values()];
        expect(boxes).toHaveLength(around.resources.length);
        for (const [at, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + boxWidth <= width && box.y + boxHeight <= height).toBe(
            true,
          );
          for (const other of boxes.slice(at + 1)) {
            const apart = Math.abs(box.x - other.x) >= boxWidth || Math.abs(box.y - other.y) >= boxHeight;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('draws every relation', () => {
    fc.assert(
      fc.property(neighbourhoods, (around) => {
        expect(linesOf(layOut(around), around.relations)).toHaveLength(around.relations.length);
      }),
    );
  });

  it('puts who names left and what is named right', () => {
    const around = {
      resources: ['1', '2', '3'].map(resource),
      relations: [relation('1', '2'), relation('3', '1')],
    };
    const { places } = layOut(around);
    const x = (id: string): number => places.get(id)?.x ?? Number.NaN;
    expect(x('3')).toBeLessThan(x('1'));
    expect(x('1')).toBeLessThan(x('2'));
  });

  it('writes a title in two lines at most', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (title) => {
        const lines = titleLines(title);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(lines.every((line) => Array.from(line).length <= 9)).toBe(true);
      }),
    );
  });
});
