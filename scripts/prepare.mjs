// What `npm start` and `npm test` need before anything else: the packages, and the pinned Node.
// Runs on the Node the machine has (18 or newer) and uses nothing that has to be installed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure that is explained by its message; no stack is printed for it. */
export class Explained extends Error {}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function secondsSince(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs main and turns an explained failure into its text and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Explained ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

/**
 * Runs a program to its end. `inherit`: it writes to our output; otherwise what it writes is returned.
 * `beat` names what is running: every 20 seconds a line says that it still is.
 */
export function run(
  command,
  args,
  { cwd = root, env = process.env, inherit = false, beat, timeout = 0 } = {},
) {
  return new Promise((resolve) => {
    const start = Date.now();
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk) => (output += chunk);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', collect);
    const timer = beat && setInterval(() => say(`  ${beat}: still running, ${secondsSince(start)}`), 20_000);
    const end = (code, text) => {
      clearInterval(timer);
      resolve({ code, output: output + text, seconds: secondsSince(start) });
    };
    child.on('error', (error) => end(127, `${error.message}\n`));
    child.on('close', (code, signal) => end(code ?? 1, signal ? `\nended by ${signal}\n` : ''));
  });
}

/** Makes sure that the packages of package-lock.json are there and that the pinned Node runs. Returns its path. */
export async function prepare() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 18) {
    throw new Explained(`This needs Node 18 or newer to begin with; here is ${process.version}.`);
  }
  const missing = missingPackage();
  if (missing) await install(missing);
  return pinnedNode();
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * The first package that is not installed as the lock file says. npm writes down what it installed when it
 * has finished, so an interrupted installation counts as none.
 */
function missingPackage() {
  const wanted = readLock('package-lock.json');
  if (!wanted) throw new Explained('package-lock.json is missing or broken: restore it with git.');
  const installed = readLock('node_modules/.package-lock.json');
  if (!installed) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || (entry.optional && !installed[path] && !isNeededHere(path, entry, installed)))
      continue;
    if (installed[path]?.version !== entry.version || !existsSync(join(root, path, 'package.json'))) {
      return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is missing`;
    }
  }
  return undefined;
}

/** An optional package may be absent, unless it holds the native code for this very system. */
function isNeededHere(path, { os, cpu, libc }, installed) {
  const holder = path.slice(0, path.lastIndexOf('/node_modules/'));
  if (path.includes('/node_modules/') && !installed[holder]) return false;
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false;
  return !libc || libc.includes(systemLibc());
}

function systemLibc() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

async function install(reason) {
  say(`Installing packages (${reason}); this takes a minute or two …`);
  const { node, remove } = await nodeForNpm();
  const { code, seconds } = await runNpm(node, ['ci', '--include=dev', ...quiet], 'installing').finally(
    remove,
  );
  const missing = code === 0 ? missingPackage() : undefined;
  if (code === 0 && !missing) return say(`Packages installed in ${seconds}.`);
  throw new Explained(
    [
      `The packages could not be installed${missing ? ` (${missing})` : ''}. npm's own message is above.`,
      'Usual causes: no way to the npm registry (check the network, or a proxy or mirror in .npmrc:',
      '`npm config get registry`, `npm config get https-proxy`), a full disk, or files in node_modules that',
      'belong to another user (delete node_modules and try again). Then run the same command again.',
    ].join('\n'),
  );
}

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The Node that runs npm. npm leaves out native packages that do not support the Node it runs on, although
 * the program will run on another one: an old Node therefore fetches the pinned one first.
 */
async function nodeForNpm() {
  // Under `npm run`, `node` may be the very node_modules/.bin/node that is about to be replaced.
  const node = [process.env.npm_node_execpath, process.execPath].find((path) => path && existsSync(path));
  const wanted = readLock('package-lock.json')['node_modules/node'].version;
  const { output } = await run(node, ['--version']);
  const keep = { node, remove: () => undefined };
  if (Number(output.slice(1).split('.')[0]) >= Number(wanted.split('.')[0])) return keep;
  say(`Fetching Node ${wanted} first, because this is ${output.trim()} …`);
  const folder = mkdtempSync(join(tmpdir(), 'jiyue-node-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { node: true } }),
  );
  const fetched = join(folder, 'node_modules/node/bin/node');
  await runNpm(node, ['install', `node@${wanted}`, '--prefix', folder, ...quiet, '--ignore-scripts=false']);
  if (await isNode(fetched, wanted)) return { node: fetched, remove };
  remove();
  say(`Node ${wanted} could not be fetched beforehand; going on with Node ${output.trim()}.`);
  return keep;
}

async function runNpm(node, args, beat) {
  const env = cleanEnvironment(node);
  const cli = npmProgram();
  if (cli) return run(node, [cli, ...args], { env, inherit: true, beat });
  const result = await run('npm', args, { env, inherit: true, beat });
  if (result.code === 127)
    throw new Explained('npm was not found. Install Node with npm (https://nodejs.org).');
  return result;
}

/** npm as a file to run with a Node of our choice: the npm that runs us, else the one on the path. */
function npmProgram() {
  if (/npm-cli\.js$/.test(process.env.npm_execpath ?? '')) return process.env.npm_execpath;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'npm');
    if (existsSync(path) && /npm-cli\.js$/.test(realpathSync(path))) return realpathSync(path);
  }
  return undefined;
}

/** The environment without what `npm run` adds for its script: an npm inside npm would take it for settings. */
function cleanEnvironment(node) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name)) delete env[name];
  }
  delete env.NODE_ENV; // `production` would leave the build tools out
  const folders = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  env.PATH = [dirname(node), ...folders].join(delimiter);
  return env;
}

async function pinnedNode() {
  const node = join(root, 'node_modules/node/bin/node');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'));
  if (await isNode(node, version)) return node;
  // Its binary comes by an install script, and npm may be set to run none.
  say(`Fetching Node ${version} …`);
  await runNpm(
    process.execPath,
    ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'],
    'fetching Node',
  );
  if (await isNode(node, version)) return node;
  const wanted = Number(version.split('.')[0]);
  if (Number(process.versions.node.split('.')[0]) >= wanted) {
    say(`Node ${version} could not be fetched; using the Node ${process.version} of this machine.`);
    return process.execPath;
  }
  throw new Explained(
    [
      `Node ${version}, which this program runs on, is not usable: ${node}`,
      'It comes as the npm package `node`, whose install script fetches the binary for this system. Check that',
      'scripts are allowed (`npm config get ignore-scripts` should say false) and run `npm rebuild node`,',
      `or install Node ${wanted} or newer on this machine. (Systems without glibc, such as Alpine, need the latter.)`,
    ].join('\n'),
  );
}

async function isNode(path, version) {
  if (!existsSync(path)) return false;
  const { code, output } = await run(path, ['--version']);
  return code === 0 && output.trim() === `v${version}`;
}

/** The environment in which a tool of node_modules runs on the pinned Node. */
export function toolEnvironment(node, more = {}) {
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...more };
}
