import { describe, expect, it } from 'vitest';

import type { Finding } from '../../../contracts/proofreading.ts';
import type { CheckedText, Checker } from './checked-text.ts';
import { stepsOf } from './checker-steps.ts';
import { maskFindings } from './mask-findings.ts';

const finding = (start: number, part: Partial<Finding> = {}): Finding => ({
  ...{
    check: 'signs',
    rule: 'sign',
    ruleName: '符号',
    severity: 'note',
    found: '※',
    suggestion: '',
    message: '“※”',
  },
  place: { part: 'body', start, end: start + 1 },
  ...part,
});

describe('the steps of a checker', () => {
  const lengths: number[] = [];
  const signs = (reach: Checker['reach']): Checker => ({
    ...{ key: 'signs', name: '符号', rules: [], reach },
    run: ({ parts }) => {
      lengths.push(parts.reduce((sum, { text }) => sum + text.length, 0));
      return parts.flatMap(({ part, text }) =>
        [...text.matchAll(/※/gu)].map(({ index }) =>
          finding(index, { place: { part, start: index, end: index + 1 } }),
        ),
      );
    },
  });
  const textOf = (...texts: readonly string[]): CheckedText => ({
    ...{ type: 'article', content: { title: '' }, facts: { today: '2026-06-01' } },
    parts: texts.map((text, at) => ({ part: at === 0 ? 'title' : 'body', name: '', text })),
  });

  it.each(['line', 'part'] as const)('find together what the whole finds: a %s at a time', (reach) => {
    const line = `${'字'.repeat(700)}※${'字'.repeat(500)}`;
    for (const sign of ['\n', '。', '']) {
      const text = textOf('题※目', `${line}${sign}`.repeat(20));
      const whole = signs('text').run(text);
      lengths.length = 0;
      expect([...stepsOf(signs(reach), text)].flat()).toEqual(whole);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(reach === 'line' ? 4_000 : 30_000);
    }
  });
});

describe('what is told', () => {
  it('shows no personal data, whichever check found something there', () => {
    const data = finding(10, {
      ...{ check: 'personal-data', found: '138****1234', place: { part: 'body', start: 10, end: 21 } },
    });
    const inside = finding(12, { found: '800001234' });
    inside.message = '“800001234”不宜出现。';
    const [masked, other, elsewhere] = maskFindings(
      [inside, finding(21), finding(12, { place: { part: 'title', start: 12, end: 13 } })],
      [data],
      '2026-11-27',
    );
    expect(masked).toMatchObject({
      found: '138****1234',
      message: '“138****1234”不宜出现。',
      suggestion: null,
    });
    expect(other?.found).toBe('※');
    expect(elsewhere?.found).toBe('※');
  });

  it('shows none in the description of a picture, which is no part of the text', () => {
    const found = '张三身份证369901190501010019.jpg';
    const picture = { ...finding(0, { check: 'pictures', found }), message: `“${found}”像是文件名` };
    const [told] = maskFindings([picture], [], '2026-11-27');
    expect(JSON.stringify(told)).not.toContain('369901190501010019');
    expect(told?.found).toContain('369901********0019');
  });
});
