import { expect, it } from 'vitest';

import { afterRemoval, goesOn } from './split-fields.ts';

const rules = [
  { receiver: 0, types: ['article'] },
  { receiver: 1, terms: ['topic:04'] },
  { receiver: 2, siteIds: ['1'] },
];

it('rules and the rest name whom they named before, or nobody, when a receiver is taken out', () => {
  expect(afterRemoval({ rules, rest: 2 } as never, 1)).toEqual({
    rules: [{ receiver: 0, types: ['article'] }, { terms: ['topic:04'] }, { receiver: 1, siteIds: ['1'] }],
    rest: 1,
  });
  expect(afterRemoval({ rules, rest: 0 } as never, 0)).toMatchObject({
    rules: [{}, { receiver: 0 }, { receiver: 1 }],
    rest: undefined,
  });
  expect(afterRemoval({ rest: goesOn }, 0)).toEqual({ rules: [], rest: goesOn });
});
