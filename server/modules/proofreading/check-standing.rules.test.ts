import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkStandings } from '../../../contracts/check-rule.ts';
import type { Finding } from '../../../contracts/proofreading.ts';
import { weighFindings } from './check-standing.rules.ts';
import { standingKey } from './check-standing.types.ts';

const idNumber: Finding = {
  ...{ check: 'personal-data', rule: 'id-number', ruleName: '身份证号码', severity: 'blocks' },
  ...{ place: { part: 'body', start: 0, end: 18 }, found: '110***', suggestion: null, message: '请打码。' },
};
const wordOfASet: Finding = { ...idNumber, check: 'words', rule: '1:词' };

describe('what findings weigh', () => {
  it('never falls below “须说明理由” where a law protects, whatever stands in the table', () => {
    fc.assert(
      fc.property(fc.constantFrom(...checkStandings), (standing) => {
        const standings = new Map([[standingKey('personal-data', 'id-number'), standing]]);
        const [weighed] = weighFindings([idNumber], standings);
        expect(['blocks', 'needs-reason']).toContain(weighed?.severity);
      }),
    );
  });

  it('is that of their set for words of a set, and as built where nothing was decided', () => {
    const standings = new Map([[standingKey('times', 'no-such-day'), 'off' as const]]);
    expect(weighFindings([idNumber, wordOfASet], standings)).toEqual([idNumber, wordOfASet]);
  });
});
