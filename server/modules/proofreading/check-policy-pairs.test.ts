import { describe, expect, it } from 'vitest';

import { aCheckedText, told } from '../../../test/checked.ts';
import { policyPairChecker } from './check-policy-pairs.ts';

describe('policies and interpretations', () => {
  it('are noted when a policy has none, and only when that is known', () => {
    const policy = (facts: object) => told(policyPairChecker, aCheckedText({}, { type: 'policy', facts }));
    expect(policy({ interpretations: 0 })).toEqual(['policy-unexplained']);
    expect(policy({ interpretations: 1 })).toEqual([]);
    expect(policy({})).toEqual([]);
  });

  it('are linked: an interpretation says what it interprets', () => {
    const interpretation = (content: object) =>
      told(policyPairChecker, aCheckedText(content, { type: 'interpretation' }));
    expect(interpretation({})).toEqual(['interpretation-unlinked']);
    expect(interpretation({ interprets: ['12'] })).toEqual([]);
  });
});
