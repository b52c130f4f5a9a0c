import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { digestOf } from './page-forms.ts';
import { fileNameOf } from './page-path.ts';

/** Larger ones are sent from their file. */
export const LARGEST_IN_MEMORY = 2_000_000;

/** What a file is, as far as the file system tells: any change of it changes this. */
export type Signature = string;

export interface FoundPage {
  /** The form that lies at the address. */
  readonly form: 'content' | 'moved' | 'gone';
  readonly name: string;
  readonly file: string;
  readonly signature: Signature;
  readonly size: number;
  readonly modified: Date;
  readonly digest: string;
  /** Undefined when it is too large to keep. */
  readonly bytes: Buffer | undefined;
}

const isAbsence = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

async function unlessAbsent<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

export function signatureOf(found: {
  ino: number;
  size: number;
  mtimeMs: number;
  ctimeMs: number;
}): Signature {
  return `${found.ino}-${found.size}-${found.mtimeMs}-${found.ctimeMs}`;
}

export async function signatureAt(file: string): Promise<Signature | undefined> {
  const found = await unlessAbsent(stat(file));
  return found?.isFile() === true ? signatureOf(found) : undefined;
}

async function digestOfFile(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function readForm(file: string): Promise<Omit<FoundPage, 'form' | 'name'> | undefined> {
  const handle = await unlessAbsent(open(file));
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    const bytes = found.size <= LARGEST_IN_MEMORY ? await handle.readFile() : undefined;
    const digest = bytes === undefined ? await digestOfFile(handle) : digestOf(bytes);
    return { file, signature: signatureOf(found), size: found.size, modified: found.mtime, digest, bytes };
  } finally {
    await handle.close();
  }
}

export async function readSmallFile(file: string): Promise<Buffer | undefined> {
  return (await readForm(file))?.bytes;
}

/** What lies at an address: the page, else its redirect, else the note that it was withdrawn. */
export async function readPage(
  directory: string,
  site: string,
  path: string,
): Promise<FoundPage | undefined> {
  const base = fileNameOf(path);
  for (const form of ['content', 'moved', 'gone'] as const) {
    const name = form === 'content' ? base : `${base}.${form}`;
    const found = await readForm(join(directory, site, name));
    if (found) return { form, name, ...found };
  }
  return undefined;
}

export async function isFolder(file: string): Promise<boolean> {
  return (await unlessAbsent(stat(file)))?.isDirectory() === true;
}
