import type { FieldDescription } from '../../../contracts/library.ts';

const pad = (text: string): string => text.padStart(2, '0');

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${pad(month)}-${pad(day)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

/** A day as people and old systems write it, as `YYYY-MM-DD`; undefined when it is none. An hour behind it is passed over. */
export function readDay(text: string): string | undefined {
  const wanted = text
    .trim()
    .replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const match =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?$/.exec(wanted) ??
    /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/.exec(wanted);
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return isDay(year, month, day) ? `${year}-${pad(month)}-${pad(day)}` : undefined;
}

/** Words as they are listed in one cell. */
export function readWords(text: string): string[] {
  const words = text
    .split(/[,，、;；|\n]+/)
    .map((word) => word.trim().slice(0, 30))
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, 10);
}

export type ReadValue = { readonly value: string | readonly string[] } | { readonly unreadable: string };

/** What a text in a file says for a field. */
export function readFieldValue(field: FieldDescription, text: string): ReadValue {
  if (field.kind === 'words') return { value: readWords(text) };
  if (field.kind === 'day') {
    const day = readDay(text);
    return day === undefined
      ? { unreadable: `${field.name}“${text.slice(0, 40)}”不是日期。` }
      : { value: day };
  }
  if (field.kind === 'choice') {
    const plainText = text.replaceAll(/\s/g, '');
    return { value: (field.choices ?? []).find((choice) => choice === plainText) ?? text.trim() };
  }
  if (field.kind === 'choices') return { value: readWords(text) };
  // Tables set thousands apart.
  if (field.kind === 'number') return { value: text.replaceAll(/[\s,，]/g, '') };
  return { value: text.trim() };
}

const markup =
  /<(?:p|div|br|table|span|h[1-6]|ul|ol|li|a|img|b|strong|section|body|html|font|center)\b[^<>]{0,2000}>/i;

/** Whether a body was written in HTML. */
export function isHtml(text: string): boolean {
  return markup.test(text);
}
