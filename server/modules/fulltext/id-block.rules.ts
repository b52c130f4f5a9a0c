/** So many consecutive ids share one row of a token. */
export const idsPerBlock = 16_384;
/** A block as one bit for each id; the first id is the lowest bit of the first byte, as PostgreSQL's `get_bit` counts. */
export const bytesPerBlock = idsPerBlock / 8;
const bytesPerPlace = 2;

export const blockOf = (id: number): number => Math.floor(id / idsPerBlock);
export const placeOf = (id: number): number => id % idsPerBlock;

/** What is as long as a bitmap is one; what is shorter lists places. */
const isBitmap = (stored: Uint8Array): boolean => stored.length === bytesPerBlock;

function placesIn(stored: Buffer): number[] {
  const places: number[] = [];
  for (let at = 0; at < stored.length; at += bytesPerPlace) places.push(stored.readUInt16LE(at));
  return places;
}

function listOf(places: readonly number[]): Buffer {
  const list = Buffer.allocUnsafe(places.length * bytesPerPlace);
  places.forEach((place, at) => list.writeUInt16LE(place, at * bytesPerPlace));
  return list;
}

/** The places of a block as bits, in memory of their own. */
export function bitsOf(stored: Buffer): Uint8Array {
  if (isBitmap(stored)) return Uint8Array.from(stored);
  const bits = new Uint8Array(bytesPerBlock);
  for (const place of placesIn(stored)) setBit(bits, place);
  return bits;
}

function setBit(bits: Uint8Array, place: number): void {
  bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
}

function clearBit(bits: Uint8Array, place: number): void {
  bits[place >> 3] = (bits[place >> 3] ?? 0) & ~(1 << (place & 7));
}

/** Places of the bits that are set, in order. */
export function placesOf(bits: Uint8Array): number[] {
  const places: number[] = [];
  bits.forEach((byte, at) => {
    for (let bit = 0; byte >> bit > 0; bit += 1) if ((byte >> bit) & 1) places.push(at * 8 + bit);
  });
  return places;
}

export function countBits(bits: Uint8Array): number {
  let count = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count += 1;
  return count;
}

export interface PlaceChange {
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/** What a block holds after a change, in its shorter form; undefined when it holds nothing more. */
export function changedBlock(
  stored: Buffer | undefined,
  { added, removed }: PlaceChange,
): Buffer | undefined {
  const before = stored ?? Buffer.alloc(0);
  if (!isBitmap(before) && before.length + added.length * bytesPerPlace < bytesPerBlock) {
    const places = new Set(placesIn(before));
    for (const place of removed) places.delete(place);
    for (const place of added) places.add(place);
    return places.size === 0 ? undefined : listOf([...places].sort((one, other) => one - other));
  }
  const bits = bitsOf(before);
  for (const place of removed) clearBit(bits, place);
  for (const place of added) setBit(bits, place);
  const count = countBits(bits);
  if (count === 0) return undefined;
  return count * bytesPerPlace < bytesPerBlock ? listOf(placesOf(bits)) : Buffer.from(bits);
}

/** What all of some blocks hold. */
export function commonBits(blocks: readonly Buffer[]): Uint8Array {
  const [first, ...others] = blocks;
  const common = first ? bitsOf(first) : new Uint8Array(bytesPerBlock);
  for (const other of others) {
    const bits = bitsOf(other);
    for (let at = 0; at < bytesPerBlock; at += 1) common[at] = (common[at] ?? 0) & (bits[at] ?? 0);
  }
  return common;
}
