import type { Day, Minute } from './page-types.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Of a minute or a day. China has had one zone without summer time since 1992, so the offset is a constant. */
export function isoMoment(moment: Minute): string {
  return moment.length > 10 ? `${moment.slice(0, 10)}T${moment.slice(11)}:00+08:00` : moment;
}

/** `2026年12月1日` */
export function longDay(day: Day): string {
  return `${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8, 10)))}日`;
}

/** As RFC 822 wants it in RSS: `Sun, 22 Nov 2026 16:10:00 +0800`. */
export function rssMoment(moment: Minute): string {
  const year = Number(moment.slice(0, 4));
  const month = Number(moment.slice(5, 7)) - 1;
  const day = Number(moment.slice(8, 10));
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month, day)).getUTCDay()] ?? '';
  return `${weekday}, ${moment.slice(8, 10)} ${MONTHS[month] ?? ''} ${moment.slice(0, 4)} ${moment.slice(11)}:00 +0800`;
}
