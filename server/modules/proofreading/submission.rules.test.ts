import { describe, expect, it } from 'vitest';

import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import { judgeSubmission } from './submission.rules.ts';

const finding = (start: number, severity: Severity = 'needs-reason'): Finding => ({
  ...{ check: 'words', rule: '1:词', ruleName: '词语', severity, found: '词', suggestion: null, message: '' },
  place: { part: 'body', start, end: start + 1 },
});
const reasonFor = ({ rule, place }: Finding) => ({ rule, place, reason: '引用原文' });
const judge = (
  findings: readonly Finding[],
  reasons: readonly Finding[],
  heaviestLeftOut: Severity | null = null,
) => judgeSubmission({ findings: [...findings], heaviestLeftOut }, reasons.map(reasonFor));

describe('a submission', () => {
  it('is refused while something is not told that needs a reason, whatever was explained', () => {
    const one = finding(1);
    expect(judge([one], [one], 'needs-reason').kind).toBe('too-many');
    expect(judge([one], [one], 'note').kind).toBe('accepted');
    expect(judge([one, finding(2, 'blocks')], [one], 'needs-reason').kind).toBe('blocked');
  });
});
