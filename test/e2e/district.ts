import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const repository = resolve(import.meta.dirname, '..', '..');
const startPatience = 420_000;
const stopPatience = 30_000;

/** Where the demonstration district of this run lives; plain values, because test files run in other processes. */
export interface DistrictPlace {
  readonly directory: string;
  readonly consolePort: number;
  readonly publicPort: number;
}

/** The district as the tests know it: addresses and the passwords of its people. */
export interface District {
  readonly place: DistrictPlace;
  readonly consoleUrl: string;
  /** The home page of a site, without the last slash; `www` is the portal. */
  readonly siteUrl: (site: 'www' | 'jyj' | 'mzj' | 'wjw' | 'gtjd') => string;
  readonly passwordOf: (login: string) => string;
}

export function openDistrict(place: DistrictPlace): District {
  const passwords = readPasswords(readFileSync(join(place.directory, 'data', 'demo-accounts.txt'), 'utf8'));
  return {
    place,
    consoleUrl: `http://127.0.0.1:${String(place.consolePort)}`,
    siteUrl: (site) =>
      `http://${site === 'www' ? '' : `${site}.`}xunyang.localhost:${String(place.publicPort)}`,
    passwordOf(login) {
      const password = passwords.get(login);
      if (password === undefined) throw new Error(`the demonstration has no account ${login}`);
      return password;
    },
  };
}

/** Login and password are the first two words of a line. */
export function readPasswords(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line) => /^([a-z][a-z0-9.-]*)\s+(\S+)\s/.exec(line));
  return new Map(lines.flatMap((line) => (line?.[1] && line[2] ? [[line[1], line[2]]] : [])));
}

/** A place of its own for one run: an empty folder and two ports that nobody uses. */
export async function findPlace(): Promise<DistrictPlace> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-e2e-'));
  // The database has an account of its own.
  await chmod(directory, 0o711);
  return { directory, consolePort: await freePort(), publicPort: await freePort() };
}

export async function removePlace(place: DistrictPlace): Promise<void> {
  await rm(place.directory, { recursive: true, force: true, maxRetries: 5 });
}

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        done(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

const logOf = (place: DistrictPlace): string => join(place.directory, 'program.log');
const pidOf = (place: DistrictPlace): string => join(place.directory, 'program.pid');

/** The environment without anybody's settings: least of all their database. */
function cleanEnvironment(): Record<string, string | undefined> {
  const foreign = /^(JIYUE_|DATABASE_URL|PG[A-Z]+$|NODE_ENV$|VITEST|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * Starts the built program as `npm start` would, and waits until it is ready. It outlives the process that
 * started it, so that a test file may stop and start what the others use too.
 */
export async function startProgram(place: DistrictPlace): Promise<void> {
  const program = join(repository, 'dist', 'server', 'main.js');
  if (!existsSync(program)) throw new Error('dist/ is not built: run `npm run build` first');
  const file = logOf(place);
  const before = existsSync(file) ? statSync(file).size : 0;
  const log = openSync(file, 'a');
  const child = spawn(process.execPath, [program], {
    cwd: repository,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...cleanEnvironment(),
      JIYUE_DATA: join(place.directory, 'data'),
      JIYUE_CONSOLE_PORT: String(place.consolePort),
      JIYUE_PUBLIC_PORT: String(place.publicPort),
      JIYUE_DEMO: '1',
    },
  });
  closeSync(log);
  child.unref();
  writeFileSync(pidOf(place), String(child.pid ?? 0));
  await waitForLine(place, { line: '"msg":"started"', from: before, patience: startPatience });
}

/** As an operator would: asks it to end and waits until it has. */
export async function stopProgram(place: DistrictPlace): Promise<void> {
  const pid = Number(readFileSync(pidOf(place), 'utf8'));
  const from = statSync(logOf(place)).size;
  process.kill(pid, 'SIGTERM');
  await waitForLine(place, { line: '"msg":"stopped"', from, patience: stopPatience });
}

interface Awaited {
  readonly line: string;
  readonly from: number;
  readonly patience: number;
}

async function waitForLine(place: DistrictPlace, { line, from, patience }: Awaited): Promise<void> {
  const pid = Number(readFileSync(pidOf(place), 'utf8'));
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const text = readFileSync(logOf(place)).subarray(from).toString();
    if (text.includes(line)) return;
    if (text.includes('"msg":"could not start"') || !isAlive(pid)) break;
    await sleep(50);
  }
  const tail = readFileSync(logOf(place), 'utf8').slice(-3_000);
  throw new Error(`the program did not say ${line} within ${String(patience / 1_000)} s:\n${tail}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
