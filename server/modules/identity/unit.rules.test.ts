import { expect, it } from 'vitest';

import type { Unit } from '../../../contracts/identity.ts';
import { inTreeOrder } from './unit.rules.ts';

function aUnit(id: string, parentId: string | null, position = 0): Unit {
  const rest = {
    name: id,
    shortName: id,
    organisationCode: id,
    indexNumberTemplate: '{code}/{year}-{serial5}',
    kind: 'section',
    closed: false,
    version: 1,
  } as const;
  return { id, parentId, position, ...rest };
}

it('lists units depth first, by position, then by age', () => {
  const units = [
    aUnit('10', null),
    aUnit('9', '2'),
    aUnit('2', null),
    aUnit('3', '2', 5),
    aUnit('4', '2', 1),
    aUnit('5', '3'),
  ];
  expect(inTreeOrder(units).map((unit) => unit.id)).toEqual(['2', '9', '4', '3', '5', '10']);
});

it('lists a branch whose trunk is not shown', () => {
  expect(inTreeOrder([aUnit('5', '3'), aUnit('3', '2')]).map((unit) => unit.id)).toEqual(['3', '5']);
});
