import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { digestOf } from './page-forms.ts';
import { LARGEST_IN_MEMORY, type PageReader, type Signature, type StoredForm } from './page-reader.ts';

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

function signatureOf(found: { ino: number; size: number; mtimeMs: number; ctimeMs: number }): Signature {
  return `${found.ino}-${found.size}-${found.mtimeMs}-${found.ctimeMs}`;
}

async function digestOfFile(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function readFile(file: string): Promise<StoredForm | undefined> {
  const handle = await unlessAbsent(open(file));
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    const bytes = found.size <= LARGEST_IN_MEMORY ? await handle.readFile() : undefined;
    const digest = bytes === undefined ? await digestOfFile(handle) : digestOf(bytes);
    return { signature: signatureOf(found), size: found.size, modified: found.mtime, digest, bytes };
  } finally {
    await handle.close();
  }
}

/** Pages that are files on this machine. */
export function createFileReader(directory: string): PageReader {
  return {
    read: (site, name) => readFile(join(directory, site, name)),
    async signature(site, name) {
      const found = await unlessAbsent(stat(join(directory, site, name)));
      return found?.isFile() === true ? signatureOf(found) : undefined;
    },
    hasFolder: async (site, path) =>
      (await unlessAbsent(stat(join(directory, site, path.slice(1)))))?.isDirectory() === true,
    async stream(site, name, { start, end, signature }) {
      const handle = await unlessAbsent(open(join(directory, site, name)));
      if (handle === undefined) return undefined;
      if (signatureOf(await handle.stat()) === signature) return handle.createReadStream({ start, end });
      await handle.close();
      return undefined;
    },
  };
}
