import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { SpellingModel } from './find-misspellings.ts';

/** Changes with what the finder makes of a model: a file of another form is not read. */
const form = 1;
const signature = 'jiyue-spelling';

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int16Array | Float32Array;

const kinds = { Uint8Array, Uint16Array, Uint32Array, Int16Array, Float32Array } as const;
type Kind = keyof typeof kinds;

interface Section {
  readonly name: string;
  readonly kind: Kind;
  readonly length: number;
}

interface Head {
  readonly signature: string;
  readonly form: number;
  readonly total: number;
  readonly base: number;
  readonly threshold: number;
  readonly sections: readonly Section[];
  /** SHA-256 of all sections. */
  readonly digest: string;
}

/** A head is far shorter. */
const mostOfHead = 65_536;

/** Of words only whole ones are looked up. */
const none = new Uint32Array(0);

function sectionsOf({
  grams,
  words,
  alike,
  sounds,
  forest,
}: SpellingModel): readonly (readonly [string, Numbers])[] {
  return [
    ['grams.places', grams.places],
    ['grams.singles', grams.singles],
    ['grams.followers', grams.followers],
    ['grams.leaders', grams.leaders],
    ['words.places', words.places],
    ['alike.starts', alike.starts],
    ['alike.codes', alike.codes],
    ['alike.sounds', alike.sounds],
    ['alike.shapes', alike.shapes],
    ['sounds.starts', sounds.starts],
    ['sounds.sounds', sounds.sounds],
    ['sounds.pairs', sounds.pairs],
    ['sounds.begins', sounds.begins],
    ['sounds.words', sounds.words],
    ['forest.roots', forest.roots],
    ['forest.features', forest.features],
    ['forest.cuts', forest.cuts],
    ['forest.next', forest.next],
  ];
}

const bytesOf = (numbers: Numbers): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Sections begin at multiples of eight, so that they are read where they lie. */
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Writes beside and renames: whoever reads finds the old model or the new one. Answers with the digest. */
export async function writeSpellingModel(file: string, model: SpellingModel): Promise<string> {
  const sections = sectionsOf(model);
  const hash = createHash('sha256');
  for (const [, numbers] of sections) hash.update(bytesOf(numbers));
  const digest = hash.digest('hex');
  const head: Head = {
    ...{ signature, form, total: model.total, base: model.forest.base, threshold: model.threshold, digest },
    sections: sections.map(([name, numbers]) => ({
      name,
      kind: numbers.constructor.name as Kind,
      length: numbers.length,
    })),
  };
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(padded(4 + text.length));
  start.writeUInt32LE(text.length);
  text.copy(start, 4);
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${String(process.pid)}.new`;
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(start);
    for (const [, numbers] of sections) {
      await handle.writeFile(bytesOf(numbers));
      await handle.writeFile(new Uint8Array(padded(numbers.byteLength) - numbers.byteLength));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  return digest;
}

/** The model of a file; undefined when there is none, it was written by another version, or is damaged. */
export async function readSpellingModel(
  file: string,
): Promise<{ readonly model: SpellingModel; readonly digest: string } | undefined> {
  const bytes = await readFile(file).catch(ignoreMissing);
  const head = bytes && headOf(bytes);
  if (!head) return undefined;
  const sections = new Map<string, Numbers>();
  const hash = createHash('sha256');
  let at = padded(4 + bytes.readUInt32LE());
  for (const { name, kind, length } of head.sections) {
    const size = kinds[kind].BYTES_PER_ELEMENT * length;
    if (at + size > bytes.length) return undefined;
    const part = new kinds[kind](bytes.buffer, bytes.byteOffset + at, length);
    hash.update(bytesOf(part));
    sections.set(name, part);
    at += padded(size);
  }
  if (hash.digest('hex') !== head.digest) return undefined;
  return { model: modelOf(head, sections), digest: head.digest };
}

/** The digest that a whole file says of itself; nothing of the model is read. */
export async function digestOfSpellingFile(file: string): Promise<string | undefined> {
  const handle = await open(file).catch(ignoreMissing);
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(Math.min(size, mostOfHead)), 0, undefined, 0);
    const head = headOf(buffer);
    if (!head) return undefined;
    const start = padded(4 + buffer.readUInt32LE());
    const whole = head.sections.reduce(
      (bytes, { kind, length }) => bytes + padded(kinds[kind].BYTES_PER_ELEMENT * length),
      start,
    );
    return size === whole ? head.digest : undefined;
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

function headOf(bytes: Buffer): Head | undefined {
  if (bytes.length < 4 || bytes.readUInt32LE() > bytes.length - 4) return undefined;
  try {
    const head = JSON.parse(bytes.toString('utf8', 4, 4 + bytes.readUInt32LE())) as Head;
    return head.signature === signature && head.form === form ? head : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function modelOf({ total, base, threshold }: Head, sections: ReadonlyMap<string, Numbers>): SpellingModel {
  const take = <K extends Kind>(name: string, kind: K): InstanceType<(typeof kinds)[K]> => {
    const numbers = sections.get(name);
    if (!(numbers instanceof kinds[kind])) throw new TypeError(`the spelling model has no ${name}`);
    return numbers as InstanceType<(typeof kinds)[K]>;
  };
  return {
    ...{ total, threshold },
    grams: {
      places: take('grams.places', 'Uint32Array'),
      singles: take('grams.singles', 'Uint32Array'),
      followers: take('grams.followers', 'Uint32Array'),
      leaders: take('grams.leaders', 'Uint32Array'),
    },
    words: { singles: none, followers: none, leaders: none, places: take('words.places', 'Uint32Array') },
    alike: {
      starts: take('alike.starts', 'Uint32Array'),
      codes: take('alike.codes', 'Uint16Array'),
      sounds: take('alike.sounds', 'Uint8Array'),
      shapes: take('alike.shapes', 'Uint8Array'),
    },
    sounds: {
      starts: take('sounds.starts', 'Uint32Array'),
      sounds: take('sounds.sounds', 'Uint16Array'),
      pairs: take('sounds.pairs', 'Uint32Array'),
      begins: take('sounds.begins', 'Uint32Array'),
      words: take('sounds.words', 'Uint16Array'),
    },
    forest: {
      base,
      roots: take('forest.roots', 'Uint32Array'),
      features: take('forest.features', 'Int16Array'),
      cuts: take('forest.cuts', 'Float32Array'),
      next: take('forest.next', 'Uint32Array'),
    },
  };
}
