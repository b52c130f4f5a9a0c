/** What makes a row of digits an ID number, a bank card or a mobile number: numbers that nobody gave out are none. */

/** Provinces that ID numbers begin with; 81 to 83 are residence permits of Hong Kong, Macao and Taiwan. */
const provinces: ReadonlySet<string> = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 ' +
    '71 81 82 83'
  ).split(' '),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = '10X98765432';

/** `day` is written `20260228`. Nobody who is told of was born before 1900. */
function isBirthday(day: string, today: string): boolean {
  const [year = 0, month = 0, date = 0] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].map(Number);
  return year >= 1900 && date >= 1 && date <= daysIn(year, month) && day <= today;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
export const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (daysOfMonth[month - 1] ?? 0);

/** What the first seventeen digits of an ID number call for as the last sign (GB 11643). */
export function checkDigitOf(digits: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return checkDigits[sum % 11] ?? '';
}

/** Eighteen signs with an area, a day of birth and a serial; `today` is written `20261127`. */
export function looksLikeIdNumber(text: string, today: string): boolean {
  return (
    /^\d{17}[\dX]$/.test(text) &&
    provinces.has(text.slice(0, 2)) &&
    // Areas are counted from 01, and so are the people of a day.
    text.slice(2, 6) !== '0000' &&
    text.slice(14, 17) !== '000' &&
    isBirthday(text.slice(6, 14), today)
  );
}

export function isIdNumber(text: string, today: string): boolean {
  return looksLikeIdNumber(text, today) && checkDigitOf(text) === text[17];
}

/** The form of before 1999: no century and no check digit, so that only what stands beside it makes it one. */
export function looksLikeOldIdNumber(digits: string): boolean {
  return (
    digits.length === 15 &&
    provinces.has(digits.slice(0, 2)) &&
    digits.slice(12, 15) !== '000' &&
    isBirthday(`19${digits.slice(6, 12)}`, '20000101')
  );
}

/** The check of ISO/IEC 7812. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, isDoubled = false; at >= 0; at -= 1, isDoubled = !isDoubled) {
    const digit = digits.charCodeAt(at) - 48;
    const counted = isDoubled ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** `surely`: UnionPay, which every card of a Chinese bank begins with today. `perhaps`: other nets and older cards. */
export function cardKind(digits: string): 'surely' | 'perhaps' | 'none' {
  const { length } = digits;
  if (length < 16 || length > 19 || !passesLuhn(digits) || /^(\d)\1+$/.test(digits)) return 'none';
  if (/^62[0-9]/.test(digits)) return 'surely';
  if (/^(?:9558|95599|103|6)/.test(digits)) return 'perhaps';
  return length === 16 && /^(?:4|5[1-5]|2[2-7]|35)/.test(digits) ? 'perhaps' : 'none';
}

/** Ranges that were given to mobile networks. */
const mobile = /^1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}$/;
export const isMobileNumber = (digits: string): boolean => mobile.test(digits);
