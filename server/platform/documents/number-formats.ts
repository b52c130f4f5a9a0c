const digits = Array.from('〇一二三四五六七八九');
const units = ['', '十', '百', '千'];

/** 二十一 for 21, as officials count; numbers of five digits and more are written with digits. */
export function chineseNumber(number: number): string {
  if (number === 0) return '零';
  if (number > 9_999) return String(number);
  let text = '';
  let isGap = false;
  for (let power = 3; power >= 0; power -= 1) {
    const digit = Math.floor(number / 10 ** power) % 10;
    if (digit === 0) {
      isGap = text !== '';
      continue;
    }
    text += `${isGap ? '零' : ''}${digits[digit] ?? ''}${units[power] ?? ''}`;
    isGap = false;
  }
  return text.replace(/^一十/, '十');
}

const romans: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function romanNumber(number: number): string {
  if (number < 1 || number > 3_999) return String(number);
  let [rest, text] = [number, ''];
  for (const [value, sign] of romans)
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  return text;
}

/** Word goes on with AA, BB after Z. */
function letterNumber(number: number): string {
  if (number < 1 || number > 780) return String(number);
  return String.fromCharCode(65 + ((number - 1) % 26)).repeat(Math.floor((number - 1) / 26) + 1);
}

const wide = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const stems = Array.from('甲乙丙丁戊己庚辛壬癸');
const branches = Array.from('子丑寅卯辰巳午未申酉戌亥');

const formats: Readonly<Record<string, (number: number) => string>> = {
  chineseCounting: chineseNumber,
  chineseCountingThousand: chineseNumber,
  chineseLegalSimplified: chineseNumber,
  taiwaneseCounting: chineseNumber,
  taiwaneseCountingThousand: chineseNumber,
  japaneseCounting: chineseNumber,
  ideographDigital: (number) => String(number).replaceAll(/\d/g, (digit) => digits[Number(digit)] ?? ''),
  ideographTraditional: (number) => stems[number - 1] ?? String(number),
  ideographZodiac: (number) => branches[number - 1] ?? String(number),
  decimalFullWidth: (number) => wide(String(number)),
  decimalFullWidth2: (number) => wide(String(number)),
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalEnclosedCircle: (number) =>
    number >= 1 && number <= 20 ? String.fromCharCode(0x245f + number) : String(number),
  decimalEnclosedCircleChinese: (number) =>
    number >= 1 && number <= 20 ? String.fromCharCode(0x245f + number) : String(number),
  upperRoman: romanNumber,
  lowerRoman: (number) => romanNumber(number).toLowerCase(),
  upperLetter: letterNumber,
  lowerLetter: (number) => letterNumber(number).toLowerCase(),
};

/** A number as Word writes it in one of its formats; in one that we do not know, with digits. */
export function formatNumber(number: number, format: string): string {
  return (formats[format] ?? String)(number);
}
