import { describe, expect, it } from 'vitest';

import { quantile } from './figures.ts';
import { generatedPassage } from './generated-text.ts';
import { tableOf } from './table.ts';

describe('the table of a run', () => {
  it('says yes, no or nothing about a target, and keeps a bar inside its cell', () => {
    const table = tableOf([
      { what: 'a | b', ours: '1', met: true },
      { what: 'c', ours: '2', target: '≥ 3', met: false },
      { what: 'd', ours: '4', peer: 'hugo is not installed' },
    ]);
    expect(table.split('\n').slice(2)).toEqual([
      '| a \\| b | 1 |  |  |  | yes |',
      '| c | 2 |  |  | ≥ 3 | **no** |',
      '| d | 4 | hugo is not installed |  |  | – |',
    ]);
  });

  it('takes the value below which the share lies, in whatever order they came', () => {
    expect(quantile([3, 1, 2, 4], 0.5)).toBe(3);
    expect(quantile([5], 0.95)).toBe(5);
  });

  it('makes the same text for the same number, and another for the next', () => {
    expect(generatedPassage(7)).toEqual(generatedPassage(7));
    expect(generatedPassage(7).text).not.toBe(generatedPassage(8).text);
  });
});
