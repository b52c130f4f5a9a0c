const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** The characters that numbers of chapters and articles are written with. */
export const numeral = '[零〇○一二两三四五六七八九十百千万\\d]{1,12}';

/** `一百二十三`, `一二三`, `十` or `12` as a number; null for anything else. */
export function numberFrom(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let total = 0;
  let digit: number | null = null;
  for (const character of text) {
    const value = digits[character];
    const unit = units[character];
    if (value !== undefined) {
      digit = digit === null ? value : digit * 10 + value;
    } else if (unit !== undefined) {
      total += (digit ?? 1) * unit;
      digit = null;
    } else {
      return null;
    }
  }
  return text === '' ? null : total + (digit ?? 0);
}
