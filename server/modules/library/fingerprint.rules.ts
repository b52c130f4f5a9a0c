/**
 * Near-duplicates by MinHash: a text is the set of all stretches of five characters in it, without spaces and signs;
 * two texts are as alike as their sets overlap (Jaccard). The least of eighty hashes of a set are its fingerprint, and
 * the share of equal ones estimates the overlap. Twenty bands of four find candidates: texts that share 80 of 100
 * stretches meet in a band with a probability of 0.9999, at 50 with 0.72, at 20 with 0.03.
 */
const stretch = 5;
const hashes = 80;
const rows = 4;
/** Below this a text is a line or two, and being alike says nothing. */
const leastStretches = 20;
/** Longer texts are compared by their beginning: enough to know them, and bounded work for every save. */
const mostCharacters = 200_000;

export interface Fingerprint {
  readonly minhash: Uint32Array;
  readonly bands: readonly number[];
}

/** Good mixing of 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

// Fixed for ever: fingerprints are stored.
const seeds = Uint32Array.from({ length: hashes }, (_, place) => mix(place * 0x9e3779b9 + 0x7f4a7c15));

/** Words only: how a text is set and punctuated does not make it another one. */
function lettersOf(text: string): string {
  return text
    .slice(0, mostCharacters)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** The hashes of all stretches, each once. */
export function stretchesOf(text: string): ReadonlySet<number> {
  const letters = lettersOf(text);
  const found = new Set<number>();
  for (let start = 0; start + stretch <= letters.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let at = start; at < start + stretch; at += 1)
      hash = Math.imul(hash ^ letters.charCodeAt(at), 0x01000193);
    found.add(mix(hash));
  }
  return found;
}

/** Undefined when the text is too short to be compared. */
export function fingerprintOf(text: string): Fingerprint | undefined {
  const stretches = stretchesOf(text);
  if (stretches.size < leastStretches) return undefined;
  const minhash = new Uint32Array(hashes).fill(0xffffffff);
  for (const value of stretches) {
    for (let place = 0; place < hashes; place += 1) {
      const hash = mix(value ^ (seeds[place] ?? 0));
      if (hash < (minhash[place] ?? 0)) minhash[place] = hash;
    }
  }
  return { minhash, bands: bandsOf(minhash) };
}

function bandsOf(minhash: Uint32Array): number[] {
  return Array.from({ length: hashes / rows }, (_, band) => {
    let hash = mix(band + 1);
    for (const value of minhash.subarray(band * rows, (band + 1) * rows)) hash = mix(hash ^ value);
    // As PostgreSQL's integer has it.
    return hash | 0;
  });
}

/** The share of equal hashes: what two texts probably share, from 0 to 1. */
export function estimatedLikeness(one: Uint32Array, other: Uint32Array): number {
  if (one.length !== hashes || other.length !== hashes) return 0;
  let equal = 0;
  for (let place = 0; place < hashes; place += 1) if (one[place] === other[place]) equal += 1;
  return equal / hashes;
}

/** What two texts share of all that is in them, from 0 to 1. */
export function likenessOf(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let common = 0;
  for (const value of small) if (large.has(value)) common += 1;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

/** In whole hundredths, rounded down: only what is equal is 100 of 100. */
export const inPercent = (share: number): number => Math.floor(share * 100);

export function bytesOf(minhash: Uint32Array): Buffer {
  const bytes = Buffer.alloc(minhash.length * 4);
  for (const [place, value] of minhash.entries()) bytes.writeUInt32LE(value, place * 4);
  return bytes;
}

export function minhashFrom(bytes: Buffer): Uint32Array {
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, place) =>
    bytes.readUInt32LE(place * 4),
  );
}
