import { describe, expect, it } from 'vitest';

import type { Finding } from '../../../../contracts/finding.ts';
import { readPlaceWish, wishedFinding } from './place-wish.ts';

const at = (start: number, rule = '1:词', part: 'body' | 'title' = 'body'): Finding => ({
  ...{ check: 'words', rule, ruleName: '词', severity: 'note', suggestion: null, message: '请核对。' },
  ...{ place: { part, start, end: start + 1 }, found: '词' },
});

describe('the place at which a text opens', () => {
  it('is the finding that was meant, or the nearest of its rule in the same part', () => {
    const findings = [at(3), at(40), at(41, '1:别的'), at(42, '1:词', 'title')];
    const wish = readPlaceWish({ part: 'body', at: '43', rule: '1:词' });
    expect(wishedFinding(findings, wish)?.place.start).toBe(40);
    expect(wishedFinding(findings, { ...wish, rule: '2:词' })).toBeUndefined();
  });

  it('is nowhere when the address says what is no place', () => {
    expect(readPlaceWish({ part: 'nowhere', at: '-1' })).toEqual({});
  });
});
