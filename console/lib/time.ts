/** All times on screen are the district's, wherever the computer believes to be. */
const zone = 'Asia/Shanghai';
const offset = '+08:00';

const minuteFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const clockFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });

/** `2026-11-22 10:32` */
export function minuteText(instant: string | Date): string {
  return minuteFormat.format(new Date(instant));
}

/** `2026-11-22` */
export function dayText(instant: string | Date): string {
  return minuteText(instant).slice(0, 10);
}

/** `10:32` */
export function clockText(instant: string | Date): string {
  return clockFormat.format(new Date(instant));
}

/** `今天 10:32`, `3天前`, then the day. */
export function agoText(instant: string, now: Date): string {
  const days = dayNumber(now) - dayNumber(new Date(instant));
  if (days <= 0) return `今天 ${clockText(instant)}`;
  if (days === 1) return `昨天 ${clockText(instant)}`;
  return days < 30 ? `${days} 天前` : dayText(instant);
}

function dayNumber(date: Date): number {
  return Math.round(Date.parse(`${dayText(date)}T00:00:00Z`) / 86_400_000);
}

/** Value of an `<input type="datetime-local">` for an instant, and back. */
export function localInputOf(instant: string | null): string {
  return instant === null ? '' : minuteText(instant).replace(' ', 'T');
}

export function instantOfLocalInput(value: string): string | null {
  if (value === '') return null;
  const date = new Date(`${value.length === 16 ? `${value}:00` : value}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** First and last instant of a calendar day, for filters. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00${offset}`).toISOString();
}

export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999${offset}`).toISOString();
}
