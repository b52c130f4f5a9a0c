import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Finding } from '../../../contracts/proofreading.ts';
import type { Checker, CheckRule, TextPart } from './checked-text.ts';
import { enough } from './severity.rules.ts';

/** Words that a text of some types must not have. */
export interface WordingRule extends CheckRule {
  readonly words: readonly string[];
  /** Of which types; all when absent. */
  readonly types?: readonly ResourceTypeKey[];
  readonly message: string;
}

/** R24 and R80. */
export const usualWording: readonly WordingRule[] = [
  {
    key: 'vague-material',
    name: '材料名称含糊',
    severity: 'needs-reason',
    types: ['service-guide'],
    words: [
      '其他材料',
      '其它材料',
      '其他有关材料',
      '其他相关材料',
      '有关材料',
      '相关材料',
      '相关证明',
      '有关证明',
      '其他证明',
      '其它证明',
      '其他资料',
      '其它资料',
      '相关资料',
      '有关资料',
      '等材料',
      '等证明',
      '等资料',
      '需要的其他',
      '要求提供的其他',
      '要求提供的其它',
      '规定的其他',
      '规定的其它',
    ],
    message: '办事指南要写明每一份材料的名称，不能只说一类。',
  },
  {
    key: 'advertising',
    name: '商业广告',
    severity: 'needs-reason',
    words: [
      '全网最低',
      '最低价',
      '限时抢购',
      '限时特惠',
      '点击购买',
      '立即购买',
      '扫码购买',
      '扫码下单',
      '优惠促销',
      '买一送一',
      '免费领取',
      '领取优惠券',
      '领红包',
      '加盟热线',
      '诚招代理',
      '诚招加盟',
      '招商加盟',
      '包过班',
      '保过班',
      '内部渠道',
      '低价出售',
      '超低价',
      '厂家直销',
      '火爆热销',
      '无抵押贷款',
      '快速放款',
      '包治百病',
      '根治率',
    ],
    message: '政府网站不刊登商业广告。',
  },
];

/** One rule's words as one pattern of alternatives, longest first: it looks at each place once. */
interface Search {
  readonly rule: WordingRule;
  readonly pattern: RegExp;
}

const check = 'wording';

export function createWordingChecker(rules: readonly WordingRule[] = usualWording): Checker {
  const searches: readonly Search[] = rules
    .filter(({ words }) => words.length > 0)
    .map((rule) => ({ rule, pattern: patternOf(rule.words) }));
  return {
    key: check,
    reach: 'part',
    name: '用语',
    rules: rules.map(({ key, name, severity }) => ({ key, name, severity })),
    run: ({ parts, type }) =>
      searches
        .filter(({ rule }) => rule.types === undefined || rule.types.includes(type))
        .flatMap((search) => parts.flatMap((part) => wordsIn(part, search))),
  };
}

const patternOf = (words: readonly string[]): RegExp =>
  new RegExp(
    words
      .toSorted((one, other) => other.length - one.length)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('|'),
    'gu',
  );

function wordsIn({ part, text }: TextPart, { rule, pattern }: Search): readonly Finding[] {
  return [...text.matchAll(pattern)].slice(0, enough).map((match) => ({
    check,
    rule: rule.key,
    ruleName: rule.name,
    severity: rule.severity,
    place: { part, start: match.index, end: match.index + match[0].length },
    found: match[0],
    suggestion: null,
    message: `“${match[0]}”：${rule.message}`,
  }));
}
