import { createHmac } from 'node:crypto';

/** Digests that nobody can make, or try out, without the key of this installation. */
export type KeyedDigest = (...parts: readonly (string | null)[]) => Buffer;

/** `key` is one that the installation has for something else: what is made here stays apart from that. */
export function createKeyedDigest(key: Uint8Array): KeyedDigest {
  const own = createHmac('sha256', key).update('interaction').digest();
  return (...parts) => createHmac('sha256', own).update(JSON.stringify(parts)).digest();
}
