import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `jiyue_<prefix>_<secret>`: begins so that scanners for leaked secrets can find it. */
const written = /^jiyue_([0-9a-z]{10})_([\w-]{43})$/;
const secretBytes = 32;
const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
const prefixLength = 10;

export interface MadeKey {
  readonly prefix: string;
  readonly digest: Buffer;
  /** The whole key: goes to whoever asked for it and is kept nowhere. */
  readonly text: string;
}

/** 256 bits of chance need no slow hash: nobody can try them all. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export function makeKey(): MadeKey {
  const prefix = [...randomBytes(prefixLength)].map((byte) => letters[byte % letters.length]).join('');
  const text = `jiyue_${prefix}_${randomBytes(secretBytes).toString('base64url')}`;
  return { prefix, digest: digestOf(text), text };
}

export function isKeyOf(text: string, digest: Buffer): boolean {
  return timingSafeEqual(digestOf(text), digest);
}

export const prefixOf = (text: string): string | undefined => written.exec(text)?.[1];

/** The key in `Authorization`: as a bearer token, or as the password of those who know nothing else (harvesters). */
export function keyIn(authorization: string | undefined): string | undefined {
  const [scheme = '', value = ''] = (authorization ?? '').trim().split(/ +/);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(value, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
