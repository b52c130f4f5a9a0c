/** Whether a text is a day of the calendar, written like `2026-11-22`; no calendar has a year zero. */
export function isDay(text: string): boolean {
  const parsed = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The same day so many months on, or the last one of a shorter month: 2028-02-29 after twelve is 2029-02-28. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const wanted = month - 1 + months;
  const lastDate = new Date(Date.UTC(year, wanted + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, wanted, Math.min(date, lastDate))).toISOString().slice(0, 10);
}
