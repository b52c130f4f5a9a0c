/** The one right form of a document number (rule RX6): `浔府办发〔2026〕1号`. */
export const documentNumberPattern = '^[\u4e00-\u9fa5]+〔(?:19|20)\\d{2}〕[1-9]\\d*号$';
const rightForm = new RegExp(documentNumberPattern, 'u');

const inPlainSigns = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '');

/** `浔府发[2026]第012号` is written `浔府发〔2026〕12号`; so is a number that is typed halfway. */
export function inRightSpelling(text: string): string {
  return inPlainSigns(text)
    .replaceAll(/[[(【]/gu, '〔')
    .replaceAll(/[\])】]/gu, '〕')
    .replace(/〕第?0*/u, '〕');
}

/** What is odd about the form of a document number. */
interface NumberOddity {
  readonly reasons: readonly string[];
  /** The right form, where there is no doubt about it. */
  readonly rightly?: string;
}

/** Orders and announcements are counted without a year in brackets: `浔阳区人民政府令第3号`. */
const countedWithoutBrackets = /^[^〔〕]*第[\d一二三四五六七八九十百零〇]+号$/u;

/** Undefined when nothing is odd. What does not end with 号 is still being typed and is left alone. */
export function oddityOf(documentNumber: string): NumberOddity | undefined {
  const text = documentNumber.trim();
  if (!text.endsWith('号') || rightForm.test(text)) return undefined;
  const spelled = inRightSpelling(text);
  if (rightForm.test(spelled)) return { reasons: reasonsAgainst(text), rightly: spelled };
  return countedWithoutBrackets.test(spelled) ? undefined : { reasons: [] };
}

function reasonsAgainst(text: string): readonly string[] {
  const plain = inPlainSigns(text);
  const told: readonly (readonly [boolean, string])[] = [
    [/[^\p{L}\p{N}\s〔〕]/u.test(text), '年份用六角括号'],
    [/第\d+号$/u.test(plain), '序号前不加“第”'],
    [/\D0\d*号$/u.test(plain), '序号不以0开头'],
    [/[\s０-９]/u.test(text), '不含空格和全角数字'],
  ];
  return told.flatMap(([applies, reason]) => (applies ? [reason] : []));
}
