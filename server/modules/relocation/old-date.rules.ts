const digits = '〇一二三四五六七八九';
const zeros = /[零○Ｏ０]/g;

/** 二〇二二年十二月八日 as 2022年12月8日; other text stays. */
function withArabicNumbers(text: string): string {
  return text.replace(/[〇零○一二三四五六七八九十]{1,4}(?=[年月日])/g, (words) => {
    const plain = words.replace(zeros, '〇');
    if (!plain.includes('十')) return plain.replace(/./gu, (one) => String(digits.indexOf(one)));
    const [tens = '', ones = ''] = plain.split('十');
    const high = tens === '' ? 1 : digits.indexOf(tens);
    const low = ones === '' ? 0 : digits.indexOf(ones);
    return String(high * 10 + low);
  });
}

function dayOf(year: string, month: string, day: string): string | undefined {
  const fullYear = year.length === 2 ? `${Number(year) > 69 ? '19' : '20'}${year}` : year;
  const text = `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  // A day that does not exist rolls over into the next month, and a site is not older than the web.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text) return undefined;
  return fullYear >= '1949' && fullYear < '2100' ? text : undefined;
}

const usual = [
  /(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/g,
  /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/g,
] as const;

const tokens: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
};

/** Whether a form such as `DD/MM/YYYY` names year, month and day once each. */
export function isDateForm(form: string): boolean {
  const names = (form.match(/YYYY|YY|MM?|DD?/g) ?? []).map((one) => one.charAt(0)).sort();
  return names.join('') === 'DMY';
}

function patternOf(form: string): RegExp {
  const source = form.replace(
    /YYYY|YY|MM?|DD?|[\s\S]/g,
    (part) => tokens[part] ?? part.replace(/[^\p{L}\p{N}]/u, '\\$&'),
  );
  return new RegExp(`(?<!\\d)${source}(?!\\d)`);
}

function dayByForm(text: string, form: string): string | undefined {
  const { year = '', month = '', day = '' } = patternOf(form).exec(text)?.groups ?? {};
  return year === '' ? undefined : dayOf(year, month, day);
}

function usualDay(text: string): string | undefined {
  for (const pattern of usual) {
    for (const [, year = '', month = '', day = ''] of text.matchAll(pattern)) {
      const found = dayOf(year, month, day);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The first day that a text names, as `YYYY-MM-DD`; the forms of the site are tried before the usual ones. */
export function dayIn(text: string, forms: readonly string[] = []): string | undefined {
  const plain = withArabicNumbers(text.normalize('NFKC'));
  for (const form of forms.filter(isDateForm)) {
    const day = dayByForm(plain, form);
    if (day !== undefined) return day;
  }
  return usualDay(plain);
}

/** The day in an address such as `/202212/t20221208_5875095.html`. */
export function dayInPath(path: string): string | undefined {
  const [, year = '', month = '', day = ''] =
    /[/_a-z](\d{4})[-/]?(\d{2})[-/]?(\d{2})[_./-]/i.exec(path) ?? [];
  return year === '' ? undefined : dayOf(year, month, day);
}
