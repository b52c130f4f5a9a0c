/** How many signs of a number stay readable; the others become stars. */
export interface MaskForm {
  readonly first: number;
  readonly last: number;
}

export const numberKinds = ['id-number', 'travel-document', 'bank-card', 'mobile', 'landline'] as const;
export type NumberKind = (typeof numberKinds)[number];
export type MaskForms = Readonly<Record<NumberKind, MaskForm>>;

/** As the orders to units ask for it: `138****1234`, `360403********1234`. */
export const usualMasks: MaskForms = {
  'id-number': { first: 6, last: 4 },
  'travel-document': { first: 2, last: 2 },
  'bank-card': { first: 4, last: 4 },
  mobile: { first: 3, last: 4 },
  landline: { first: 0, last: 2 },
};

const isSign = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);

/** The number with stars in its middle, without the spaces and hyphens that stood in it. */
export function maskNumber(text: string, { first, last }: MaskForm): string {
  const signs = Array.from(text.normalize('NFKC')).filter(isSign);
  // What is too short for its form keeps nothing.
  const [head, tail] = first + last < signs.length ? [first, last] : [0, 0];
  return signs.map((sign, at) => (at < head || at >= signs.length - tail ? sign : '*')).join('');
}

/** The area code is that of everybody who lives there: `0792-******21`. */
export function maskLandline(text: string, form: MaskForm): string {
  const plain = text.normalize('NFKC');
  const [, area = '', rest = plain] = /^(\(?0\d{2,3}\)?[-—– ]{0,2})(.*)$/su.exec(plain) ?? [];
  return `${area}${maskNumber(rest, form)}`;
}

/** One sign of the name and the whole host: `z***@qq.com`. */
export function maskMail(address: string): string {
  const [name = '', host = ''] = address.split('@');
  return `${name.slice(0, 1)}***@${host}`;
}

/** Street and estate stay, the house does not: every number from there on becomes stars. */
export const maskHouse = (text: string): string =>
  text.replaceAll(
    /[\d０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|[一二三四五六七八九十百]+(?=[栋幢号座单门组室楼户房社弄])/gu,
    '**',
  );
