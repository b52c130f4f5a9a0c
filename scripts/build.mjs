// Builds dist/: the server compiled, the console bundled, and the files both read beside their code.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Explained, prepare, root, run, runMain, say, secondsSince, toolEnvironment } from './prepare.mjs';

const compiled = ['contracts', 'server', 'templates', 'demo'];
const sources = [...compiled, 'console', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const stamp = join(root, 'dist/.built');

/** Builds when the sources are not those of the last build. Returns what was said about it. */
export async function ensureBuilt(node, { force = false } = {}) {
  const digest = digestOfSources();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return 'unchanged';
  const start = Date.now();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const env = toolEnvironment(node);
  const tool = (file, ...args) => run(node, [join(root, 'node_modules', file), ...args], { env });
  const results = await Promise.all([
    tool('@typescript/native/bin/tsc', '-p', 'tsconfig.build.json'),
    tool('vite/bin/vite.js', 'build', '--config', 'console/vite.config.ts', '--logLevel', 'warn'),
  ]);
  const failed = results.filter(({ code }) => code !== 0);
  if (failed.length > 0) {
    const output = failed.map((result) => result.output.trim()).join('\n\n');
    throw new Explained(`The build failed:\n\n${output}`);
  }
  copyFilesBesideCode();
  writeFileSync(stamp, digest);
  return `built in ${secondsSince(start)}`;
}

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  try {
    return readdirSync(full, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
      );
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

function isTest(path) {
  return /\.test\.tsx?$/.test(path);
}

/** By content: what git checks out has new times but the same bytes. */
function digestOfSources() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesUnder)) {
    if (isTest(path)) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Style sheets, islands, images and data: everything that the compiler does not turn into something else. */
function copyFilesBesideCode() {
  for (const path of compiled.flatMap(filesUnder)) {
    if (['.ts', '.tsx', '.md'].includes(extname(path))) continue;
    const target = join(root, 'dist', path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, path), target);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    say(`dist: ${await ensureBuilt(await prepare(), { force: true })}`);
  });
}
