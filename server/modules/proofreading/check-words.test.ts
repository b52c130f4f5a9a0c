import { describe, expect, it } from 'vitest';

import type { Finding } from '../../../contracts/proofreading.ts';
import type { LeaderRule, PatternRule, WordRule } from '../../../contracts/rule-set.ts';
import { createLeaderChecker } from './check-leaders.ts';
import { createPatternChecker, requirePattern } from './check-patterns.ts';
import type { CheckedText, Checker } from './checked-text.ts';
import { createWordChecker } from './check-words.ts';

const textOf = (text: string, today = '2026-06-01'): CheckedText => ({
  type: 'article',
  content: { title: '' },
  parts: [{ part: 'body', name: '正文', text }],
  facts: { today },
});
const set = { id: '7', name: '测试规则', severity: 'note' as const };
const told = (findings: readonly Finding[]) => findings.map((one) => one.found);

describe('words', () => {
  const rule = (word: string, part: Partial<WordRule> = {}): WordRule => ({
    ...{ word, prefer: null, exceptions: [], note: '', severity: null },
    ...part,
  });
  const find = (rules: readonly WordRule[], text: string) =>
    createWordChecker([{ ...set, rules }]).run(textOf(text));

  it.each([
    ['禁用词', '禁用词'],
    ['禁 用　词', '禁 用　词'],
    ['禁*用-词', '禁*用-词'],
    ['禁\u200b用词', '禁\u200b用词'],
    ['禁用詞', '禁用詞'],
  ])('“%s” is found however it is written, and where it stands', (written, found) => {
    const [finding] = find([rule('禁用词')], `前面${written}后面`);
    expect(finding?.found).toBe(found);
    expect(finding?.place).toEqual({ part: 'body', start: 2, end: 2 + written.length });
  });

  it('are found behind thousands of lighter ones', () => {
    const findings = find(
      [rule('轻'), rule('绝禁词', { severity: 'blocks' })],
      `${'轻，'.repeat(3_000)}绝禁词`,
    );
    expect(findings.filter(({ severity }) => severity === 'blocks')).toHaveLength(1);
  });

  it.each(['禁用。词', '禁\n用词', '禁，用词', '禁用          词'])(
    '“%s” is not one word: a sentence, a line or a wide gap parts it',
    (written) => {
      expect(find([rule('禁用词')], written)).toEqual([]);
    },
  );

  it('letters and digits are found as whole words, in any width and case', () => {
    const rules = [rule('App'), rule('15')];
    expect(told(find(rules, '下载ＡＰＰ，共1.5次、15次、2015年、application'))).toEqual(['ＡＰＰ', '15']);
  });

  it('a word inside one of its exceptions is none', () => {
    const rules = [rule('最佳', { exceptions: ['最佳实践'] })];
    expect(told(find(rules, '最佳实践与最佳方案'))).toEqual(['最佳']);
    expect(find(rules, '最佳实践')).toEqual([]);
  });

  it('of words inside each other the longest is told, and an inner one when it is severer', () => {
    const outer = rule('区人民政府大楼');
    expect(told(find([outer, rule('人民政府')], '区人民政府大楼'))).toEqual(['区人民政府大楼']);
    const inner = rule('人民政府', { severity: 'blocks' });
    expect(told(find([outer, inner], '区人民政府大楼'))).toEqual(['区人民政府大楼', '人民政府']);
  });

  it('tells what to write instead', () => {
    expect(find([rule('瞧病', { prefer: '就医' })], '瞧病难')).toMatchObject([
      { suggestion: '就医', message: '“瞧病”宜写作“就医”。', rule: '7:瞧病', severity: 'note' },
    ]);
  });
});

describe('leaders', () => {
  const leader = (name: string, rank: number, ...titles: string[]): LeaderRule => ({
    ...{ name, rank, titles },
    ...{ from: '2026-01-01', to: null },
  });
  const rules = [
    leader('张三丰', 1, '区委书记'),
    leader('李四', 2, '区委副书记', '区长'),
    leader('王五', 3, '副区长'),
  ];
  const checker: Checker = createLeaderChecker([{ ...set, rules }]);
  const messages = (text: string, day?: string) => checker.run(textOf(text, day)).map((one) => one.message);

  it.each([
    '区委书记张三丰、区委副书记、区长李四和副区长王五出席。',
    '张三丰、李四、王五参加。',
    '原区委书记李四回忆，前任区长张三丰也在场。',
    '王五副区长主持，李四讲话。',
    '王五介绍情况后，张三丰讲话。',
  ])('says nothing of “%s”', (text) => {
    expect(messages(text)).toEqual([]);
  });

  it('a title that is another’s is told, before the name, in a chain and after it', () => {
    expect(messages('区长王五')).toEqual(['王五的职务是副区长，这里写作“区长”。']);
    expect(messages('区委书记、区长李四')).toEqual(['李四的职务是区委副书记、区长，这里写作“区委书记”。']);
    expect(messages('王五区长出席')).toEqual(['王五的职务是副区长，这里写作“区长”。']);
    const [finding] = checker.run(textOf('昨天，区长王 五出席'));
    expect(finding).toMatchObject({ found: '区长', suggestion: '副区长', place: { start: 3, end: 5 } });
  });

  it('an enumeration in another order is told', () => {
    expect(messages('李 四、张三丰、王五')).toEqual(['按“测试规则”的顺序，张三丰应排在李四之前。']);
    expect(messages('副区长王五、区委书记张三丰出席')).toEqual([
      '按“测试规则”的顺序，张三丰应排在王五之前。',
    ]);
  });

  it('who stands in two lists has the titles of both, and their order is that of either', () => {
    const party = [
      leader('李四', 1, '区委副书记'),
      leader('王五', 2, '区委常委'),
      leader('赵六', 3, '区委委员'),
    ];
    const office = [leader('王五', 1, '副区长'), leader('李四', 2, '区长')];
    const both = createLeaderChecker([
      { ...set, id: '1', rules: party },
      { ...set, id: '2', name: '另一套', rules: office },
    ]);
    const told = (text: string) => both.run(textOf(text)).map((one) => one.message);
    expect(told('区委副书记、区长李四主持，区委常委、副区长王五出席')).toEqual([]);
    expect(told('李四、王五参加，王五、李四讲话')).toEqual([]);
    expect(told('区委委员李四')).toEqual(['李四的职务是区委副书记、区长，这里写作“区委委员”。']);
    expect(told('赵六、王五参加')).toEqual(['按“测试规则”的顺序，王五应排在赵六之前。']);
  });

  it('knows who was in office on the day of the text', () => {
    expect(messages('区长王五', '2025-12-31')).toEqual([]);
  });
});

describe('patterns', () => {
  const rule = (pattern: string): PatternRule => ({
    ...{ name: '测试', pattern },
    ...{ message: '请核对。', severity: null },
  });

  it('finds each place of a pattern', () => {
    const checker = createPatternChecker([{ ...set, rules: [rule('第[一二三四]季度')] }]);
    expect(checker.run(textOf('第一季度和第三季度')).map((one) => one.place.start)).toEqual([0, 5]);
  });

  it.each(['(', '(甲)\\1', '(?=甲)', '甲{2000}', '(甲{100}){100}', '(?:乙{1,30}){1,30}甲{900}', '甲*'])(
    '“%s” is refused with the reason',
    (pattern) => {
      expect(() => {
        requirePattern(rule(pattern));
      }).toThrow(expect.objectContaining({ code: 'proofreading.pattern-refused' }) as Error);
    },
  );

  it('what takes exponential time elsewhere is done in a moment', () => {
    const dangerous = rule('(甲+)+乙');
    requirePattern(dangerous);
    const checker = createPatternChecker([{ ...set, rules: [dangerous] }]);
    expect(checker.run(textOf('甲'.repeat(20_000)))).toEqual([]);
  });
});
