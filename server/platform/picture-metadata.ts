import { crc32 } from 'node:zlib';

/**
 * The same picture, bit for bit, without what cameras and programs wrote beside it: places, persons, devices,
 * thumbnails, comments, and whatever hangs behind the end. Colours (ICC) stay, and how the picture is turned.
 * Undefined when the file is not built as its format says.
 */
export function withoutMetadata(bytes: Buffer, mediaType: string, orientation: number): Buffer | undefined {
  const clean = cleaners[mediaType];
  try {
    return clean && Buffer.concat(clean(bytes, orientation));
  } catch (error) {
    // Read past the end: a length in the file is wrong.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class Malformed extends RangeError {}

type Cleaner = (bytes: Buffer, orientation: number) => Buffer[];
const cleaners: Readonly<Partial<Record<string, Cleaner>>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
};

/** EXIF that says how the picture is turned and nothing else. */
function turned(orientation: number): Buffer {
  const exif = Buffer.from('49492a0008000000010012010300010000000000000000000000', 'hex');
  exif.writeUInt16LE(orientation, 18);
  return exif;
}

const exifHeader = Buffer.from('Exif\0\0', 'latin1');
const [endOfImage, startOfScan, jfif, exif, colours, adobe, comment] = [
  0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee, 0xfe,
];

function cleanJpeg(bytes: Buffer, orientation: number): Buffer[] {
  const kept = [bytes.subarray(0, 2)];
  if (orientation > 1) kept.push(segment(exif, Buffer.concat([exifHeader, turned(orientation)])));
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) throw new Malformed();
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // A fill byte.
      continue;
    }
    if (marker === endOfImage) return [...kept, bytes.subarray(at, at + 2)];
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) throw new Malformed();
    const end = at + 2 + length;
    const next = marker === startOfScan ? endOfScan(bytes, end) : end;
    if (isNeeded(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, next));
    at = next;
  }
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** What decoding needs; of the segments of applications only those without which the colours would be others. */
function isNeeded(marker: number, content: Buffer): boolean {
  const startsWith = (text: string) => content.subarray(0, text.length).toString('latin1') === text;
  if (marker === jfif) return startsWith('JFIF\0');
  if (marker === colours) return startsWith('ICC_PROFILE\0');
  if (marker === adobe) return startsWith('Adobe');
  if (marker === comment || (marker >= 0xe0 && marker <= 0xef)) return false;
  if ((marker >= 0xc0 && marker <= 0xcf) || (marker >= startOfScan && marker <= 0xdf)) return true;
  throw new Malformed();
}

/** The next marker that is not part of the compressed picture. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    const isFill = next === 0xff;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isFill && !isData) return at;
  }
  throw new Malformed();
}

/** What is needed to show the picture, its colours and its movement. */
const pngChunks = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT'.split(' '),
);

function cleanPng(bytes: Buffer, orientation: number): Buffer[] {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; ;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) throw new Malformed();
    if (pngChunks.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IHDR' && orientation > 1) kept.push(pngChunk('eXIf', turned(orientation)));
    if (name === 'IEND') return kept;
    at = end;
  }
}

function pngChunk(name: string, content: Buffer): Buffer {
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const webpChunks = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const [exifFlag, xmpFlag] = [0x08, 0x04];

function cleanWebp(bytes: Buffer, orientation: number): Buffer[] {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) throw new Malformed();
  const kept: Buffer[] = [];
  for (let at = 12; at < end;) {
    const size = bytes.readUInt32LE(at + 4);
    const next = at + 8 + size + (size % 2);
    if (next > end) throw new Malformed();
    if (webpChunks.has(bytes.toString('latin1', at, at + 4)))
      kept.push(Buffer.from(bytes.subarray(at, next)));
    at = next;
  }
  const [first] = kept;
  if (first?.toString('latin1', 0, 4) === 'VP8X') {
    const flags = first.readUInt8(8) & ~(exifFlag | xmpFlag);
    first.writeUInt8(orientation > 1 ? flags | exifFlag : flags, 8);
    if (orientation > 1) kept.push(webpChunk('EXIF', turned(orientation)));
  }
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(4 + kept.reduce((sum, one) => sum + one.length, 0), 4);
  return [head, ...kept];
}

function webpChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}
