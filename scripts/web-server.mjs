// Finds nginx for the test of the generated configuration, or gets one. Run alone, it prints the path.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { canAdminister, installPackage, onPath, tellingLines } from './packages.mjs';
import { Explained, root, run, runMain, say } from './prepare.mjs';

const folders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', '/usr/local/bin'];
/** Where a downloaded package is unpacked, when nobody may install one. */
const unpacked = join(root, 'node_modules', '.cache', 'nginx');

/** The path of an nginx that starts: the machine's, the package manager's, or one that is only unpacked. */
export async function findNginx() {
  const chosen = process.env.JIYUE_NGINX;
  if (chosen && (await starts(chosen))) return chosen;
  if (chosen) throw new Explained(`JIYUE_NGINX names ${chosen}, which does not start as nginx.`);
  const there = await installedNginx();
  if (there) return there;
  const tried = [];
  for (const [what, get] of [
    ['installing nginx with the package manager', () => installPackage('nginx')],
    ['unpacking nginx beside the program', unpackNginx],
  ]) {
    if (get !== unpackNginx && canAdminister() === undefined) continue;
    say(`  ${what} …`);
    const { code, output } = await get();
    const found = code === 0 ? await installedNginx() : undefined;
    if (found) return found;
    tried.push(`- ${what}: ${tellingLines(output)}`);
  }
  throw new Explained(
    [
      'The test of the generated nginx configuration needs nginx, and none could be found or installed:',
      ...tried,
      'Install one (Debian: apt-get install nginx-light), or set JIYUE_NGINX to its path.',
    ].join('\n'),
  );
}

async function installedNginx() {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders, join(unpacked, 'usr', 'sbin')];
  for (const path of places.map((folder) => join(folder, 'nginx'))) if (await starts(path)) return path;
  return undefined;
}

async function starts(path) {
  if (!existsSync(path)) return false;
  const { code, output } = await run(path, ['-v'], { timeout: 10_000 });
  return code === 0 && output.includes('nginx');
}

/** Debian gives packages to everybody; only installing them is for administrators. */
async function unpackNginx() {
  if (!onPath('apt-get') || !onPath('dpkg-deb'))
    return { code: 1, output: 'there is no apt-get to get it with' };
  mkdirSync(unpacked, { recursive: true });
  const download = await run('apt-get', ['download', '-qq', 'nginx'], { cwd: unpacked, timeout: 5 * 60_000 });
  const file = readdirSync(unpacked).find((name) => /^nginx_.*\.deb$/.test(name));
  if (!file) return { code: 1, output: download.output };
  return run('dpkg-deb', ['--extract', join(unpacked, file), unpacked], { timeout: 60_000 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => say(await findNginx()));
}
