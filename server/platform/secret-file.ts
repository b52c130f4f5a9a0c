import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { AppError } from './errors.ts';

export interface SecretFile {
  readonly file: string;
  readonly bytes: number;
  readonly make: () => Buffer;
  /** What is said when the file holds something else, or cannot be made. */
  readonly broken: { readonly code: string; readonly message: string };
}

async function readSecret({ file, bytes, broken }: SecretFile): Promise<Buffer | undefined> {
  try {
    const secret = Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
    if (secret.length === bytes) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  throw new AppError('unavailable', broken.code, broken.message, { details: { file } });
}

/** A secret of this installation, in hexadecimal: made on first use, readable by its owner only, never replaced. */
export async function loadSecret(wanted: SecretFile): Promise<Buffer> {
  const { file, make, broken } = wanted;
  const known = await readSecret(wanted);
  if (known !== undefined) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${make().toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link never replaces: of two processes that start together, one makes the secret and both use it.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(wanted);
  if (made === undefined)
    throw new AppError('unavailable', broken.code, broken.message, { details: { file } });
  return made;
}
