/** Digits that stand together. `start` and `end` are places in the text. */
export interface DigitGroup {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Only signs that people set inside a number stand between it and the group before it. */
  readonly isJoined: boolean;
  readonly isFree: boolean;
}

/** Full-width digits, letters and the signs inside numbers as plain ones; every character keeps its place. */
export function inPlainWidth(text: string): string {
  return text.replaceAll(/[０-９Ａ-Ｚａ-ｚ＊－＠．＋／（）＿\u3000]/gu, (sign) =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

/** Spaces, hyphens, line breaks and what cannot be seen. Cells of a table stand apart by tabs. */
const joiners = /^[ \u00a0\u2000-\u200d\u2060\ufeff\n\r\u2010-\u2015\u2212-]{1,3}$/u;
/** A sign beside digits that makes them a part of something else: a code, a file's name, a masked number. */
const isBinding = (sign: string): boolean => /[A-Za-z0-9_*×●•■□]/.test(sign);

const isDigit = (sign: string): boolean => sign >= '0' && sign <= '9' && sign.length === 1;

/** `Tel13…`: words that people set in front of a number without a space. */
const nameOfNumber = /(?:tel|phone|mobile|wechat|vx|wx)$/i;

/** Whether digits are a number of their own and not the part of a code, of a fraction or of an amount. */
function standsFree(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  if (isBinding(after) || /[¥￥$]/.test(before)) return false;
  if (isBinding(before) && !nameOfNumber.test(text.slice(Math.max(0, start - 8), start))) return false;
  if (/[.,]/.test(before) && isDigit(text.charAt(start - 2))) return false;
  return !(/[.,]/.test(after) && isDigit(text.charAt(end + 1)));
}

/** All groups of digits of a text in plain width; an X that ends an ID number belongs to its group. */
export function digitGroups(text: string): readonly DigitGroup[] {
  const groups: DigitGroup[] = [];
  for (const match of text.matchAll(/\d+/g)) {
    const start = match.index;
    const bare = start + match[0].length;
    const hasX = /[Xx]/.test(text.charAt(bare)) && !isBinding(text.charAt(bare + 1));
    const end = hasX ? bare + 1 : bare;
    const before = groups.at(-1);
    groups.push({
      start,
      end,
      digits: hasX ? `${match[0]}X` : match[0],
      isJoined: before !== undefined && joinsAt(text, before.end, start),
      isFree: standsFree(text, start, end),
    });
  }
  return groups;
}

const joinsAt = (text: string, from: number, to: number): boolean =>
  to - from <= 3 && joiners.test(text.slice(from, to));

/** Several groups that people wrote as one number. */
export interface JoinedGroups {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly sizes: readonly number[];
}

const mostGroups = 6;
/** From a mobile number to a card. */
const leastDigits = 11;
const mostDigits = 19;

/** Every row of joined groups that begins at one place and is as long as some kind of number. */
export function* joinedFrom(groups: readonly DigitGroup[], first: number): Generator<JoinedGroups> {
  const begin = groups[first];
  if (!begin) return;
  let digits = '';
  for (let last = first; last < groups.length && last - first < mostGroups; last += 1) {
    const group = groups[last];
    if (!group || (last > first && !group.isJoined)) return;
    // A longer one is none, and need not be put together.
    if (digits.length + group.digits.length > mostDigits) return;
    digits += group.digits;
    if (digits.length < leastDigits) continue;
    const sizes = groups.slice(first, last + 1).map((one) => one.digits.length);
    yield { first, last, start: begin.start, end: group.end, digits, sizes };
  }
}
