import type { Severity } from '../contracts/proofreading.ts';
import type { PatternRule, Rule, RuleSetKind, WordRule } from '../contracts/rule-set.ts';

export interface DemoRuleSet {
  readonly kind: RuleSetKind;
  readonly name: string;
  readonly severity: Severity;
  readonly rules: readonly Rule[];
}

const word = (wrong: string, prefer: string | null, part: Partial<WordRule> = {}): WordRule => ({
  word: wrong,
  prefer,
  ...{ exceptions: [], note: '', severity: null },
  ...part,
});
const pattern = (name: string, expression: string, message: string): PatternRule => ({
  ...{ name, pattern: expression, message },
  severity: null,
});

/** A few rules to show what rule sets are for; a district brings its own. */
export const demoRuleSets: readonly DemoRuleSet[] = [
  {
    kind: 'word',
    name: '用字用词（演示）',
    severity: 'note',
    rules: [
      word('帐号', '账号'),
      word('帐户', '账户'),
      word('做为', '作为', { exceptions: ['做为民'] }),
      word('既使', '即使'),
      word('按装', '安装'),
      word('松驰', '松弛'),
      word('座落', '坐落'),
      word('渡假', '度假'),
    ],
  },
  {
    kind: 'word',
    name: '慎用表述（演示）',
    severity: 'needs-reason',
    rules: [
      word('史上最强', null, { note: '绝对化用语，请改为有依据的表述。' }),
      word('独一无二', null, { note: '绝对化用语，确属事实时请说明依据。' }),
    ],
  },
  {
    kind: 'pattern',
    name: '数字与日期（演示）',
    severity: 'note',
    rules: [
      pattern('约数重复', '大约[0-9]+(?:多|余|左右)', '“大约”与“多”“余”“左右”重复，留一个即可。'),
      pattern('不存在的日期', '\\b0?2月(?:30|31)日', '二月没有这一天，请核对日期。'),
    ],
  },
];
