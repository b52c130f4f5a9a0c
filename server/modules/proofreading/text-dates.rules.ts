import { daysIn } from './personal-number.rules.ts';

/** Something about a time that cannot be so. Places are those of the text. */
export interface TimeOddity {
  readonly kind: 'no-such-day' | 'wrong-weekday' | 'ends-before-start' | 'no-such-hour';
  readonly start: number;
  readonly end: number;
  readonly suggestion: string | null;
}

interface DateInText {
  readonly start: number;
  readonly end: number;
  /** Null where the text does not say it. */
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

const written =
  /(?<!\d)(?:((?:19|20)\d{2})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]|(?<![\d-])((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?![\d-])/gu;
/** `30日` alone after a range sign belongs to the month before it. */
const rangeTo = /^\s{0,2}(?:上午|下午|起|[（(][^（）()\n]{1,8}[）)])?\s{0,2}(?:至|到|[-—–~～]{1,2})\s{0,2}/u;
const weekday = /^\s?[（(,，]?\s?(?:星期|周|礼拜)([一二三四五六日天])/u;
const weekdays = '日一二三四五六';
const clock = /(?<![\d:：.])(\d{1,2})[:：](\d{2})(?::\d{2})?(?![\d:：])/gu;
/** Beside a clock time these say that it is one: ratios and scores are written with the same signs. */
const aboutHours = /[日号]|上午|下午|晚上|凌晨|时间|每天|每周|工作日|截止|周[一二三四五六日]/u;

function datesIn(text: string): readonly DateInText[] {
  return [...text.matchAll(written)].map((match) => {
    const [all, year, month, day, dashedYear, dashedMonth, dashedDay] = match;
    const start = match.index;
    return {
      start,
      end: start + all.length,
      year: numberOrNull(year ?? dashedYear),
      month: Number(month ?? dashedMonth),
      day: Number(day ?? dashedDay),
    };
  });
}

const numberOrNull = (digits: string | undefined): number | null =>
  digits === undefined ? null : Number(digits);

/** Without a year the 29th of February may be right. */
const exists = ({ year, month, day }: DateInText): boolean => day >= 1 && day <= daysIn(year ?? 2000, month);

const orderOf = ({ month, day }: DateInText, year: number): number => year * 10_000 + month * 100 + day;

export function timeOddities(text: string): readonly TimeOddity[] {
  const dates = datesIn(text);
  return [...dates.flatMap((date, at) => oddities(text, date, dates[at + 1])), ...hoursIn(text)].sort(
    (one, other) => one.start - other.start,
  );
}

function oddities(text: string, date: DateInText, next: DateInText | undefined): readonly TimeOddity[] {
  if (!exists(date)) return [{ kind: 'no-such-day', start: date.start, end: date.end, suggestion: null }];
  const wrong = weekdayAfter(text, date);
  const turned = next && exists(next) ? endBeforeStart(text, date, next) : undefined;
  return [...(wrong ? [wrong] : []), ...(turned ? [turned] : [])];
}

function weekdayAfter(text: string, { year, month, day, end }: DateInText): TimeOddity | undefined {
  const found = weekday.exec(text.slice(end, end + 12));
  const said = found?.[1];
  if (year === null || found === null || said === undefined) return undefined;
  const right = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
  if (said === right || (said === '天' && right === '日')) return undefined;
  const place = end + found[0].length - 1;
  return { kind: 'wrong-weekday', start: place, end: place + 1, suggestion: right };
}

function endBeforeStart(text: string, from: DateInText, to: DateInText): TimeOddity | undefined {
  const between = text.slice(from.end, to.start);
  if (between.length > 16 || rangeTo.exec(between)?.[0] !== between) return undefined;
  // 12月1日至1月10日 runs over the end of a year.
  if (to.year === null && from.month >= 10 && to.month <= 3) return undefined;
  if (from.year === null && to.year !== null) return undefined;
  const year = from.year ?? 0;
  if (orderOf(to, to.year ?? year) >= orderOf(from, year)) return undefined;
  return { kind: 'ends-before-start', start: from.start, end: to.end, suggestion: null };
}

function hoursIn(text: string): readonly TimeOddity[] {
  return [...text.matchAll(clock)].flatMap((match): readonly TimeOddity[] => {
    const [all, hour, minute] = match;
    const isRight = Number(hour) < 24 || (hour === '24' && minute === '00');
    if (isRight && Number(minute) < 60) return [];
    if (!aboutHours.test(text.slice(Math.max(0, match.index - 12), match.index))) return [];
    return [{ kind: 'no-such-hour', start: match.index, end: match.index + all.length, suggestion: null }];
  });
}
