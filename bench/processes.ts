import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { secondsSince } from './figures.ts';

const runFile = promisify(execFile);
const mostOutput = 64 * 1024 * 1024;

/** The program's file; undefined when it is not installed. */
export function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

export interface Finished {
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program to its end. */
export async function runTool(file: string, args: readonly string[], cwd?: string): Promise<Finished> {
  const started = performance.now();
  const { stdout, stderr } = await runFile(file, [...args], {
    maxBuffer: mostOutput,
    ...(cwd ? { cwd } : {}),
  });
  return { output: stdout + stderr, seconds: secondsSince(started) };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a program that runs until it is stopped; resolves when it has written `sign`, at once without one. */
export async function startProcess(
  command: readonly [string, ...string[]],
  options: SpawnOptions & { readonly sign?: string; readonly patience?: number },
): Promise<Running> {
  const [file, ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.once('exit', done));
  if (options.sign === undefined)
    await new Promise((done, failed) => child.once('spawn', done).once('error', failed));
  else await signOf(child, options.sign, options.patience ?? 120_000);
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function signOf(child: ChildProcess, sign: string, patience: number): Promise<void> {
  return new Promise((done, failed) => {
    let heard = '';
    const giveUp = (why: string): void => {
      child.kill('SIGKILL');
      failed(new Error(`${child.spawnfile} ${why}: ${heard.slice(-2_000)}`));
    };
    const timer = setTimeout(() => {
      giveUp('did not start in time');
    }, patience);
    const hear = (bytes: Buffer): void => {
      // The beginning is not kept for ever, and the pipe must not fill up.
      heard = (heard + bytes.toString()).slice(-20_000);
      if (!heard.includes(sign)) return;
      clearTimeout(timer);
      done();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', failed);
    child.once('exit', () => {
      clearTimeout(timer);
      giveUp('ended');
    });
  });
}

/** Resident memory of one process, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const { output } = await runTool('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(output.trim()) * 1024;
}

/** What a folder takes up on the disk, in bytes. */
export async function diskBytes(folder: string): Promise<number> {
  const { output } = await runTool('du', ['-sk', folder]);
  return Number(output.split('\t')[0]) * 1024;
}
