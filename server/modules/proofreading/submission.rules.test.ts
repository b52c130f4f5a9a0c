import { describe, expect, it } from 'vitest';

import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import { judgeSubmission } from './submission.rules.ts';
import type { FormerReason } from './submission.types.ts';

const finding = (start: number, severity: Severity = 'needs-reason'): Finding => ({
  ...{ check: 'words', rule: '1:词', ruleName: '词语', severity, found: '词', suggestion: null, message: '' },
  place: { part: 'body', start, end: start + 1 },
});
const reasonFor = ({ rule, place, found }: Finding) => ({ rule, place, found, reason: '引用原文' });
const said = (one: Finding, reason = '引用原文'): FormerReason => ({
  ...{ revisionId: '1', finding: one, reason, givenBy: '2', givenByName: '王', givenAt: new Date(0) },
});
const judge = (
  findings: readonly Finding[],
  reasons: readonly Finding[],
  heaviestLeftOut: Severity | null = null,
  former: readonly FormerReason[] = [],
) => judgeSubmission({ findings: [...findings], heaviestLeftOut }, reasons.map(reasonFor), former);

describe('a submission', () => {
  it('is refused while something is not told that needs a reason, whatever was explained', () => {
    const one = finding(1);
    expect(judge([one], [one], 'needs-reason').kind).toBe('too-many');
    expect(judge([one], [one], 'note').kind).toBe('accepted');
    expect(judge([one, finding(2, 'blocks')], [one], 'needs-reason').kind).toBe('blocked');
  });

  it('that is refused lists all that is asked, also what was explained with it', () => {
    const some = [finding(1), finding(5), finding(9)];
    expect(judge(some, some.slice(1))).toEqual({ kind: 'unexplained', findings: some });
  });

  it('is not asked again for what was explained before, wherever the words have moved to', () => {
    const verdict = judge([finding(11), finding(20)], [], null, [
      said(finding(1), '一'),
      said(finding(5), '二'),
    ]);
    if (verdict.kind !== 'accepted') throw new Error(verdict.kind);
    expect(verdict.explained.map(({ reason, former }) => [reason, former?.givenByName])).toEqual([
      ['一', '王'],
      ['二', '王'],
    ]);
  });

  it('counts a reason for the words that it was given for, also where others are told at the same place', () => {
    const link = (found: string): Finding => ({
      ...finding(0),
      check: 'links',
      rule: 'unapproved-host',
      found,
    });
    const [one, other] = [link('a.example.com'), link('b.example.com')];
    expect(judge([one, other], [one])).toEqual({ kind: 'unexplained', findings: [one, other] });
    const both = judge([one, other], [], null, [said(one, '一'), said(other, '二')]);
    if (both.kind !== 'accepted') throw new Error(both.kind);
    expect(both.explained.map(({ reason }) => reason)).toEqual(['一', '二']);
  });

  it('is asked again of what its words do not tell apart: masks, maps, emblems', () => {
    for (const part of [{ check: 'personal-data', rule: 'mail' }, { rule: 'map-without-number' }]) {
      const one = { ...finding(1), ...part };
      expect(judge([one], [], null, [said(one)]).kind).toBe('unexplained');
    }
  });

  it('is asked again where the words came once more, or once less', () => {
    expect(judge([finding(1), finding(5)], [], null, [said(finding(1))]).kind).toBe('unexplained');
    expect(judge([finding(1)], [], null, [said(finding(1)), said(finding(5))]).kind).toBe('unexplained');
    expect(judge([finding(1)], [], null, [said(finding(1)), said(finding(1))]).kind).toBe('accepted');
  });
});
