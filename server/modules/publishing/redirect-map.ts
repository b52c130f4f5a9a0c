import { randomBytes } from 'node:crypto';
import { open, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Db } from '../../platform/db.ts';
import type { Redirect } from './page.queries.ts';
import { eachDistinctRedirect, stateOfRedirects } from './redirect-map.queries.ts';

/** What nginx reads of them, when it starts and at each reload: addresses without a query, and those with one. */
export const redirectMapNames = { paths: 'redirects.map', queries: 'redirects-with-query.map' } as const;
const STATE = 'redirects.state';

/** nginx gives each key one slot of its table, and refuses its whole configuration over a key that fits none. */
const LONGEST_KEY_BYTES = 800;
export const BUCKET_BYTES = 1_024;
export const MOST_SLOTS = 1_000_000;

/** The line of a map, or undefined for what nginx cannot be told; the program answers for it all the same. */
export function mapLine({ site, path, to }: Redirect): string | undefined {
  const key = `${site}${path}`;
  if (/\p{Cc}/u.test(key) || Buffer.byteLength(key) > LONGEST_KEY_BYTES) return undefined;
  // In a value, a dollar sign begins a variable.
  const value = to.replaceAll('$', '%24');
  if (/[\p{Cc}"\\]/u.test(value)) return undefined;
  return `"${key.replaceAll(/["\\]/g, String.raw`\$&`)}" "${value}";\n`;
}

/** Writes both maps when a redirect has changed since they were written; answers whether it did. */
export async function writeRedirectMaps(db: Db, directory: string): Promise<boolean> {
  const state = `${await stateOfRedirects(db)}\n`;
  const stateFile = join(directory, STATE);
  if ((await readFile(stateFile, 'utf8').catch(() => '')) === state) return false;
  await mkdir(directory, { recursive: true });
  const suffix = `.${randomBytes(6).toString('hex')}`;
  const [paths, queries] = [
    join(directory, redirectMapNames.paths),
    join(directory, redirectMapNames.queries),
  ];
  try {
    await writeBoth(db, paths + suffix, queries + suffix);
    await rename(paths + suffix, paths);
    await rename(queries + suffix, queries);
    // Last: killed before, it is all written again.
    await writeFile(stateFile + suffix, state);
    await rename(stateFile + suffix, stateFile);
  } finally {
    for (const file of [paths, queries, stateFile]) await rm(file + suffix, { force: true });
  }
  return true;
}

async function writeBoth(db: Db, pathsFile: string, queriesFile: string): Promise<void> {
  const paths = await open(pathsFile, 'w', 0o644);
  const queries = await open(queriesFile, 'w', 0o644);
  try {
    await eachDistinctRedirect(db, async (redirects) => {
      const linesOf = (withQuery: boolean): string =>
        redirects
          .filter(({ path }) => path.includes('?') === withQuery)
          .map((one) => mapLine(one) ?? '')
          .join('');
      await paths.write(linesOf(false));
      await queries.write(linesOf(true));
    });
    await Promise.all([paths.sync(), queries.sync()]);
  } finally {
    await Promise.all([paths.close(), queries.close()]);
  }
}
