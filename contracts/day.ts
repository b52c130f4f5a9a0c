/** Whether a text is a day of the calendar, written like `2026-11-22`; no calendar has a year zero. */
export function isDay(text: string): boolean {
  const parsed = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}
