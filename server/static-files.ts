import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { traditionalWords } from './traditional-words.ts';

/**
 * Lays out what every site serves under /static/: scripts and pictures as they are, and the parts of the
 * style sheet joined into one, so that a page asks for a single file. Returns the folder.
 */
export async function layOutStaticFiles(templatesDirectory: string, dataDirectory: string): Promise<string> {
  const target = join(dataDirectory, 'static');
  // Several processes may start at once: each makes its own copy and puts it in place.
  const draft = `${target}.${String(process.pid)}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await cp(join(templatesDirectory, 'assets'), draft, { recursive: true });
  await writeFile(join(draft, 'site.css'), await joinStyles(join(templatesDirectory, 'styles')));
  await writeFile(join(draft, 'hant-words.txt'), traditionalWords());
  await mkdir(target, { recursive: true });
  for (const name of await readdir(draft)) await rename(join(draft, name), join(target, name));
  await rm(draft, { recursive: true, force: true });
  return target;
}

async function joinStyles(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.css')).sort();
  const parts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return parts.join('');
}
