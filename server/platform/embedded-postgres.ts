import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { spawnOptionsFor, type StartLog } from './embedded-postgres-account.ts';
import { type Binaries, findBinaries } from './embedded-postgres-binaries.ts';
import { createCluster, databaseName, hasCluster } from './embedded-postgres-cluster.ts';
import { claimServer, disclaimServer, hasLivingOwner, withStartLock } from './embedded-postgres-lock.ts';
import { type Place, preparePlace, readPassword, sharedRoot } from './embedded-postgres-place.ts';
import {
  markProcess,
  readPostmaster,
  runningPostmaster,
  stopPostmaster,
} from './embedded-postgres-process.ts';
import { type ServerSettings, settingArguments } from './embedded-postgres-settings.ts';
import { AppError } from './errors.ts';

export interface EmbeddedPostgresOptions {
  /** Everything of this database is kept here; created when missing. */
  readonly directory: string;
  /** Wanted port on 127.0.0.1; the next free one is taken when it is not free. 0: any. */
  readonly port: number;
  readonly log: StartLog;
  /** PostgreSQL settings over the defaults. */
  readonly settings?: ServerSettings;
  /** Called when the server ends and `stop` was not called; starting again recovers it. */
  readonly onExit?: (exit: { code: number | null; signal: NodeJS.Signals | null }) => void;
}

export interface EmbeddedPostgres {
  /** Connection string with the password in it: hand it on, never log it. */
  readonly url: string;
  readonly port: number;
  /** True when another living process started this server; `stop` then leaves it alone. */
  readonly attached: boolean;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with the program, creating its cluster the first time. A server left
 * over from a killed parent is stopped first; one whose parent lives is shared.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await preparePlace(options.directory, options.log);
  return withStartLock(place.directory, async () => {
    const shared = await shareRunningServer(place, options);
    if (shared !== undefined) return shared;
    const binaries = await findBinaries(place.account, sharedRoot, options.log);
    if (!(await hasCluster(place))) {
      options.log.info({ directory: place.cluster }, 'creating the database cluster');
      await createCluster(place, binaries);
    }
    return launch(place, binaries, options);
  });
}

async function shareRunningServer(
  place: Place,
  { log, onExit }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const running = await runningPostmaster(place.cluster);
  if (running === undefined) return undefined;
  if (running.state === 'ready' && (await hasLivingOwner(place.directory))) {
    log.info({ port: running.port }, 'using the database that is already running');
    const url = await urlOf(place, running.port);
    const watch = watchShared(place.cluster, running.pid, onExit);
    const stop = async (): Promise<void> => {
      watch.abort();
    };
    return { url, port: running.port, attached: true, stop };
  }
  log.info({ pid: running.pid }, 'stopping the database of an earlier run that was killed');
  await stopPostmaster(place.cluster);
  return undefined;
}

/** The process that started the server may stop it at any time; whoever shares it learns so within a second. */
function watchShared(cluster: string, pid: number, onExit: EmbeddedPostgresOptions['onExit']) {
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    while (await isReady(cluster, pid)) await sleep(500, undefined, { ref: false, signal: end.signal });
    if (!end.signal.aborted) onExit?.({ code: null, signal: null });
  };
  watch().catch(() => undefined); // the sleep is cut short by `abort`, and nothing else in it can fail
  return end;
}

async function isReady(cluster: string, pid: number): Promise<boolean> {
  const running = await readPostmaster(cluster);
  return running?.pid === pid && running.state === 'ready' && (await markProcess(pid)) !== undefined;
}

async function urlOf(place: Place, port: number): Promise<string> {
  const password = await readPassword(place.directory);
  return `postgresql://${databaseName}:${password}@127.0.0.1:${String(port)}/${databaseName}`;
}

async function launch(
  place: Place,
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  let wanted = options.port;
  // A bounded number of tries: someone may take a port between the look and the start.
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const port = await freePortFrom(wanted);
    const outcome = await tryPort(place, binaries, { ...options, port });
    if (outcome.state === 'ready') {
      await claimServer(place.directory);
      options.log.info({ port }, 'the database is ready');
      return { url: await urlOf(place, port), port, attached: false, stop: outcome.stop };
    }
    if (/could not bind|Address already in use/.test(outcome.output)) wanted = port + 1;
    else if (/pre-existing shared memory block/.test(outcome.output)) await sleep(500);
    else throw notStarted(outcome.output);
  }
  throw notStarted('no port could be bound, or processes of a killed server did not end');
}

function notStarted(output: string): AppError {
  const message = `内置数据库没有启动：${output.trim().slice(-1500)}`;
  return new AppError('unavailable', 'platform.database-not-started', message);
}

type Attempt =
  | { readonly state: 'ready'; readonly stop: () => Promise<void> }
  | { readonly state: 'ended'; readonly output: string };

async function tryPort(place: Place, binaries: Binaries, options: EmbeddedPostgresOptions): Promise<Attempt> {
  const logFile = join(place.directory, 'postgres.log');
  const logStart = await rotateLog(logFile);
  const output = await open(logFile, 'a', 0o600);
  const args = ['-D', place.cluster, ...(await settingArguments(options.port, options.settings ?? {}))];
  // Detached: Ctrl-C reaches every process of the terminal, but the database must outlive its users.
  const child = spawn(binaries.postgres, args, {
    ...spawnOptionsFor(place.account),
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  });
  const exit = watchExit(child);
  await output.close();
  if ((await waitUntilReady(place, child, exit, options.log)) === 'ended') {
    return { state: 'ended', output: await readFrom(logFile, logStart) };
  }
  child.unref();
  const guard = guardAgainstOrphaning(child.pid ?? 0, place);
  let isStopping = false;
  void exit.ended.then(({ code, signal }) => {
    guard.kill();
    if (!isStopping) options.onExit?.({ code, signal });
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    child.ref();
    if (exit.state() === 'running') await stopPostmaster(place.cluster);
    await exit.ended;
    await disclaimServer(place.directory);
  };
  return { state: 'ready', stop };
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function watchExit(child: ChildProcess) {
  let state: 'running' | 'ended' = 'running';
  const ended = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      state = 'ended';
      resolve({ code, signal });
    };
    child.on('exit', end);
    child.on('error', () => {
      end(null, null);
    });
  });
  return { ended, state: () => state };
}

async function waitUntilReady(
  place: Place,
  child: ChildProcess,
  exit: ReturnType<typeof watchExit>,
  log: StartLog,
): Promise<'ready' | 'ended'> {
  const began = Date.now();
  let said = 0;
  // No deadline: after a crash recovery takes what it takes, and a server that cannot start ends by itself.
  while (exit.state() === 'running') {
    const server = await readPostmaster(place.cluster);
    if (server?.state === 'ready' && server.pid === child.pid) return 'ready';
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (seconds >= said + 5) {
      said = seconds;
      log.info({ seconds }, 'waiting for the database, it may be recovering from a crash');
    }
    await sleep(20);
  }
  return 'ended';
}

/**
 * A shell that holds a pipe from this process: when this process dies, however it dies, the pipe closes
 * and the shell shuts the database down, so that a killed program leaves no server behind.
 */
function guardAgainstOrphaning(pid: number, place: Place): ChildProcess {
  const script = `read -r _; kill -INT ${String(pid)} 2>/dev/null`;
  const guard = spawn('/bin/sh', ['-c', script], {
    ...spawnOptionsFor(place.account),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined); // without a shell the next start stops the left-over server
  guard.stdin.on('error', () => undefined);
  guard.unref();
  (guard.stdin as { unref?: () => void }).unref?.();
  return guard;
}

const largestLog = 10 * 1024 * 1024;

async function rotateLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size <= largestLog) return size;
  await rm(`${file}.1`, { force: true });
  await rename(file, `${file}.1`);
  return 0;
}

async function readFrom(file: string, start: number): Promise<string> {
  return (await readFile(file)).subarray(start).toString('utf8');
}

async function freePortFrom(wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port += 1) {
    const found = await probePort(port);
    if (found !== undefined) return found;
  }
  throw notStarted(`no free port from ${String(wanted)} on`);
}

async function probePort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(undefined);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      const bound = typeof address === 'object' ? address?.port : undefined;
      probe.close(() => {
        resolve(bound);
      });
    });
  });
}
