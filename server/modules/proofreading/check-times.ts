import { isDay } from '../../../contracts/day.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { Finding } from '../../../contracts/proofreading.ts';
import type { Checker, CheckRule, TextPart } from './checked-text.ts';
import { enough } from './severity.rules.ts';
import { type TimeOddity, timeOddities } from './text-dates.rules.ts';

const check = 'times';
type Kind = TimeOddity['kind'] | 'not-yet';

const told: Readonly<Record<Kind, readonly [name: string, message: string]>> = {
  'no-such-day': ['没有这一天', '日历上没有这一天，请核对。'],
  'wrong-weekday': ['星期与日期不符', '这一天不是写的星期几，请核对日期和星期。'],
  'ends-before-start': ['结束早于开始', '结束的日期早于开始的日期，请核对。'],
  'no-such-hour': ['没有这个时刻', '没有这个时刻，请核对。'],
  'not-yet': ['日期还没有到', '成文或生成的日期还没有到，发布不能早于成文，请核对。'],
};
const rules: readonly CheckRule[] = Object.entries(told).map(([key, [name]]) => ({
  key,
  name,
  severity: 'needs-reason',
}));

/** Times that cannot be: days that no calendar has, ends before beginnings, texts that are published before they are made. */
export const timeChecker: Checker = {
  key: check,
  reach: 'text',
  name: '时间',
  rules,
  run: ({ parts, content, facts: { today } }) => [
    ...parts.flatMap((part) =>
      timeOddities(part.text)
        .slice(0, enough)
        .map((oddity) => describe(part, oddity)),
    ),
    ...daysToCome(content, today),
  ],
};

const findingOf = (kind: Kind, rest: Pick<Finding, 'place' | 'found' | 'suggestion'>): Finding => {
  const [ruleName, message] = told[kind];
  return { check, rule: kind, ruleName, severity: 'needs-reason', ...rest, message };
};

const describe = ({ part, text }: TextPart, { kind, start, end, suggestion }: TimeOddity): Finding =>
  findingOf(kind, { place: { part, start, end }, found: text.slice(start, end), suggestion });

const madeOn = ['writtenOn', 'producedOn'] as const;

function daysToCome(content: ResourceContent, today: string): readonly Finding[] {
  return madeOn.flatMap((key) => {
    const day = content[key] ?? '';
    if (!isDay(day) || day <= today) return [];
    return [
      findingOf('not-yet', {
        place: { part: `field:${key}`, start: 0, end: 0 },
        found: day,
        suggestion: null,
      }),
    ];
  });
}
