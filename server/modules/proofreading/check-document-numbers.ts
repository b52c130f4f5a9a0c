import { inRightSpelling, oddityOf } from '../../../contracts/document-number.ts';
import type { Finding } from '../../../contracts/proofreading.ts';
import type { Checker, CheckRule, TextPart } from './checked-text.ts';
import { enough } from './severity.rules.ts';

const rule: CheckRule = { key: 'document-number-form', name: '文号写法', severity: 'note' };
const check = 'document-numbers';

/** Words, a year in whatever brackets, a serial: `浔府发[2026]第012号`. Decrees (`令（2026）第3号`) are written so by some. */
const aNumber =
  /[\u4e00-\u9fa5](?<!令|告)(\s?[[(（〔【﹝［][ \u3000]?[12１２][\d０-９]{3}[ \u3000]?[\])）〕】﹞］][ \u3000]?第?[ \u3000]?[\d０-９]{1,5}[ \u3000]?号)/gu;

/** Document numbers in a text that are not written as RX6 says; the right form is proposed. */
export const documentNumberChecker: Checker = {
  key: check,
  reach: 'part',
  name: '文号',
  rules: [rule],
  run: ({ parts }) => parts.flatMap((part) => numbersIn(part).slice(0, enough)),
};

function numbersIn({ part, text }: TextPart): readonly Finding[] {
  return [...text.matchAll(aNumber)].flatMap((match): readonly Finding[] => {
    const whole = match[0];
    const found = match[1] ?? '';
    const oddity = oddityOf(whole);
    if (oddity?.rightly === undefined) return [];
    const end = match.index + whole.length;
    return [
      {
        check,
        rule: rule.key,
        ruleName: rule.name,
        severity: rule.severity,
        place: { part, start: end - found.length, end },
        found,
        suggestion: inRightSpelling(found),
        message: `文号的写法与通行的不同：${oddity.reasons.join('，')}。`,
      },
    ];
  });
}
