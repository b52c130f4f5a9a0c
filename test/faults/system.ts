import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts';
import { createQueues } from '../../server/platform/jobs.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { queueNames } from '../../server/queues.ts';
import { compileProgram } from './program.ts';

const repository = resolve(import.meta.dirname, '..', '..');
const silent = { info: () => undefined };

/** Anything that can be killed and started again. */
export interface Mortal {
  readonly name: string;
  readonly kind: 'worker' | 'console' | 'public' | 'database';
  isUp(): boolean;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it answers again. */
  start(): Promise<void>;
  /** As an operator would; answers the exit code. */
  stop(): Promise<number | null>;
  /** Ends that nobody asked for. */
  readonly surprises: readonly string[];
}

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

export interface FaultyDatabase extends Mortal {
  readonly url: string;
}

async function postmasterIn(directory: string): Promise<number> {
  for (const entry of await readdir(directory, { recursive: true })) {
    if (!entry.endsWith('postmaster.pid')) continue;
    return Number((await readFile(join(directory, entry), 'utf8')).split('\n')[0]);
  }
  throw new Error('no postmaster runs here');
}

/** PostgreSQL of its own with the settings of production: what was acknowledged is on the disk. */
export async function aFaultyDatabase(directory: string): Promise<FaultyDatabase> {
  const port = await freePort();
  const surprises: string[] = [];
  let server: EmbeddedPostgres | undefined;
  let gone: (() => void) | undefined;
  const start = async (): Promise<void> => {
    server = await startEmbeddedPostgres({
      directory,
      port,
      log: silent,
      settings: { shared_buffers: '64MB' },
      onExit: () => {
        server = undefined;
        if (gone) gone();
        else surprises.push('the database ended by itself');
      },
    });
    if (server.port !== port) throw new Error('the database could not get its port back');
  };
  await start();
  const url = server?.url ?? '';
  await migrate(url, join(repository, 'migrations'));
  await createQueues(url, queueNames);
  return {
    name: 'database',
    kind: 'database',
    url,
    surprises,
    start,
    isUp: () => server !== undefined,
    async kill() {
      const ended = new Promise<void>((done) => {
        gone = done;
      });
      process.kill(await postmasterIn(directory), 'SIGKILL');
      await ended;
      gone = undefined;
    },
    async stop() {
      await server?.stop();
      return 0;
    },
  };
}

export interface RoleOptions {
  readonly name: string;
  readonly kind: 'worker' | 'console' | 'public';
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

const startPatience = 90_000;

/** One role of the real program in a process of its own. */
export function aRole(options: RoleOptions): Mortal {
  const { name, kind, directory } = options;
  const logFile = join(directory, `${name}.log`);
  const surprises: string[] = [];
  let child: ChildProcess | undefined;
  let up = false;
  let expected = false;

  const spawnProgram = (): { child: ChildProcess; logStart: number } => {
    const logStart = existsSync(logFile) ? statSync(logFile).size : 0;
    const log = openSync(logFile, 'a');
    const started = spawn(process.execPath, ['dist/server/main.js'], {
      cwd: join(directory, 'program'),
      env: { ...process.env, JIYUE_ROLES: kind, JIYUE_DEMO: '0', ...options.environment },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    return { child: started, logStart };
  };

  const exitOf = (process: ChildProcess): Promise<number | null> =>
    new Promise((done) => {
      if (process.exitCode !== null || process.signalCode !== null) done(process.exitCode);
      else process.once('exit', done);
    });

  return {
    name,
    kind,
    surprises,
    isUp: () => up,
    async start() {
      expected = false;
      const { child: started, logStart } = spawnProgram();
      child = started;
      started.once('exit', (code, signal) => {
        up = false;
        if (expected) return;
        const tail = readFileSync(logFile, 'utf8').slice(-1_500);
        surprises.push(`${name} ended by itself (${String(code)}, ${String(signal)}): ${tail}`);
      });
      const end = Date.now() + startPatience;
      while (Date.now() < end) {
        await sleep(50);
        if (started.exitCode !== null || started.signalCode !== null) return;
        if (!readFileSync(logFile).subarray(logStart).includes('"msg":"started"')) continue;
        up = true;
        return;
      }
      throw new Error(`${name} did not start in time`);
    },
    async kill() {
      if (child === undefined) return;
      expected = true;
      up = false;
      child.kill('SIGKILL');
      await exitOf(child);
    },
    async stop() {
      if (child === undefined) return null;
      expected = true;
      up = false;
      child.kill('SIGTERM');
      return exitOf(child);
    },
  };
}

export interface TestSystem {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly templatesDirectory: string;
  readonly database: FaultyDatabase;
  readonly console: Mortal;
  readonly public: Mortal;
  readonly workers: readonly Mortal[];
  readonly consolePort: number;
  readonly publicPort: number;
  readonly surprises: () => readonly string[];
  readonly startRoles: () => Promise<void>;
  /** Ends whatever still runs and removes everything. */
  readonly remove: () => Promise<void>;
}

/** The whole system as processes: a database, a console, a public server and so many workers. Roles are not started. */
export async function aSystem(workerCount: number): Promise<TestSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-faults-'));
  // The database has an account of its own.
  await chmod(directory, 0o711);
  const dataDirectory = join(directory, 'data');
  await mkdir(dataDirectory, { mode: 0o711 });
  compileProgram(join(directory, 'program'));
  const database = await aFaultyDatabase(join(directory, 'postgres'));
  const [consolePort, publicPort] = [await freePort(), await freePort()];
  const environment = {
    DATABASE_URL: database.url,
    JIYUE_DATA: dataDirectory,
    JIYUE_LOG_LEVEL: 'info',
    JIYUE_CONSOLE_PORT: String(consolePort),
    JIYUE_PUBLIC_PORT: String(publicPort),
    // One address asks for everything here.
    JIYUE_PUBLIC_RATE: '0',
  };
  const role = (name: string, kind: RoleOptions['kind']): Mortal =>
    aRole({ name, kind, directory, environment });
  const consoleRole = role('console', 'console');
  const publicRole = role('public', 'public');
  const workers = Array.from({ length: workerCount }, (_, at) => role(`worker-${String(at + 1)}`, 'worker'));
  const all = [consoleRole, publicRole, ...workers];
  return {
    directory,
    dataDirectory,
    templatesDirectory: join(directory, 'program', 'dist', 'templates'),
    database,
    console: consoleRole,
    public: publicRole,
    workers,
    consolePort,
    publicPort,
    surprises: () => [...all, database].flatMap((one) => one.surprises),
    async startRoles() {
      await Promise.all(all.map((one) => one.start()));
      const absent = all.filter((one) => !one.isUp());
      if (absent.length > 0)
        throw new Error(`not started: ${absent.flatMap((one) => one.surprises).join('\n')}`);
    },
    async remove() {
      await Promise.all(all.map((one) => one.kill()));
      await database.stop();
      if (process.env['JIYUE_KEEP'] === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}
