const mobile = /^1[3-9]\d{9}$/;
const landline = /^(?:0\d{2,3})?\d{7,8}(?:-\d{1,6})?$/;
const email = /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}$/;

/**
 * A telephone number or an e-mail address in one spelling: null when nothing was given, undefined when it is neither.
 */
export function readContact(text: string): string | null | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return null;
  if (plain.includes('@')) return plain.length <= 100 && email.test(plain) ? plain : undefined;
  const number = plain.replaceAll(/[\s()]/g, '').replace(/^(?:\+|00)?86-?(?=[01])/, '');
  const digits = number.replaceAll('-', '');
  if (mobile.test(digits)) return digits;
  const area = number.replace(/^(0\d{2,3})-/, '$1');
  return landline.test(area) ? number : undefined;
}

/** Enough to tell two apart, too little to reach anybody. */
export function maskContact(contact: string): string {
  const [name = '', host] = contact.split('@');
  if (host !== undefined) return `${name.slice(0, 1)}***@${host}`;
  if (mobile.test(contact)) return `${contact.slice(0, 3)}****${contact.slice(-4)}`;
  return `****${contact.slice(-2)}`;
}
