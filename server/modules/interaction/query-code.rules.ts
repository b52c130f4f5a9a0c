/** Crockford's base 32: no letters that are taken for digits, none that make words. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;
export const codeBytes = 8;

/** Twelve signs of five bits each from random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  let bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = '';
  for (let index = 0; index < length; index += 1) {
    code += alphabet[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return code;
}

/** What somebody typed, as it is stored; undefined when it can be no code. */
export function readCode(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return plain.length === length && Array.from(plain).every((sign) => alphabet.includes(sign))
    ? plain
    : undefined;
}

/** In groups, so that it can be written down and read out. */
export function spellCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}
