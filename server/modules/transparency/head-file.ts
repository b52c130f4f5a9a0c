import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * The newest head and the public key lie in files too: they are given out when the database is away, and by a web
 * server alone. They are no pages, because every page is logged, and every entry makes a new head.
 */
export const headFileNames = ['checkpoint', 'key'] as const;
export type HeadFileName = (typeof headFileNames)[number];

export async function readHeadFile(directory: string, name: HeadFileName): Promise<string | undefined> {
  try {
    return await readFile(join(directory, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes what the file does not say already; whole, so that nobody reads half of it. */
export async function putHeadFile(directory: string, name: HeadFileName, text: string): Promise<void> {
  if ((await readHeadFile(directory, name)) === text) return;
  await mkdir(directory, { recursive: true });
  const draft = join(directory, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(draft, text);
    await rename(draft, join(directory, name));
  } finally {
    await rm(draft, { force: true });
  }
}
