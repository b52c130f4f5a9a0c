import type { Finding } from '../../../contracts/proofreading.ts';
import type { CheckedText, Checker, CheckRule } from './checked-text.ts';

const check = 'policy-pairs';
const unexplained: CheckRule = { key: 'policy-unexplained', name: '政策文件没有解读', severity: 'note' };
const pointless: CheckRule = {
  key: 'interpretation-unlinked',
  name: '解读没有指明文件',
  severity: 'needs-reason',
};

/** A policy and its interpretation know each other (R57). How often a policy is interpreted stands in the facts. */
export const policyPairChecker: Checker = {
  key: check,
  reach: 'text',
  name: '政策与解读',
  rules: [unexplained, pointless],
  run: (text) => judge(text),
};

function judge({ type, content, facts }: CheckedText): readonly Finding[] {
  if (type === 'policy' && facts.interpretations === 0) {
    return [describe(unexplained, '还没有解读；解读和文件要一起准备，文件发布后按规定的期限发布。')];
  }
  if (type === 'interpretation' && (content.interprets ?? []).length === 0) {
    return [describe(pointless, '请指明这篇解读说的是哪一份文件，两边的页面会互相链接。')];
  }
  return [];
}

const describe = (rule: CheckRule, message: string): Finding => ({
  check,
  rule: rule.key,
  ruleName: rule.name,
  severity: rule.severity,
  place: { part: rule === pointless ? 'field:interprets' : 'title', start: 0, end: 0 },
  found: '',
  suggestion: null,
  message,
});
