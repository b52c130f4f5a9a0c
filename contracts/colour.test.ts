import { describe, expect, it } from 'vitest';

import { contrastWithWhite } from './colour.ts';

describe('the contrast with white', () => {
  it('is that of WCAG', () => {
    expect(contrastWithWhite('#000000')).toBeCloseTo(21);
    expect(contrastWithWhite('#ffffff')).toBeCloseTo(1);
    expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
  });
});
