import { describe, expect, it } from 'vitest';

import { aBody, aCheckedText } from '../../../test/checked.ts';
import { formCheckers } from './form-checkers.ts';

const none: ReadonlySet<string> = new Set();
const checkers = formCheckers({
  links: { own: none, approved: none, blocked: none, dead: none },
  emblems: none,
});

describe('the checks of form', () => {
  it('have names of their own, and say only what their rules are', () => {
    expect(new Set(checkers.map(({ key }) => key)).size).toBe(checkers.length);
    const text = aCheckedText(
      { title: '限时抢购，2026年2月30日，浔府发[2026]1号，电话13800000001', body: aBody('身份证') },
      { type: 'policy', facts: { interpretations: 0 } },
    );
    for (const checker of checkers) {
      const rules = checker.rules.map(({ key }) => key);
      for (const finding of checker.run(text)) {
        expect(finding.check).toBe(checker.key);
        expect(rules).toContain(finding.rule);
      }
    }
  });

  it('take time in proportion to the text, however it was made', () => {
    // What others do on the machine meanwhile is not counted.
    const once = (text: string): number => {
      const checked = aCheckedText({ body: aBody(text) }, { type: 'service-guide' });
      const before = process.cpuUsage();
      for (const checker of checkers) checker.run(checked);
      return process.cpuUsage(before).user / 1_000;
    };
    const timeOf = (text: string): number => Math.min(once(text), once(text));
    for (const piece of [
      '2026年',
      '2月30日至',
      '12:',
      '发[',
      '发[2026]',
      '〔2026〕1',
      '其他',
      '星期',
      '2026-1-',
    ]) {
      const short = timeOf(piece.repeat(Math.ceil(2_000 / piece.length)));
      const long = timeOf(piece.repeat(Math.ceil(16_000 / piece.length)));
      // Eight times the text: the square would be 64 times the time.
      expect(long, piece).toBeLessThan(32 * Math.max(short, 5));
    }
  });
});
