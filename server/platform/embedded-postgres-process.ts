import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a running server says about itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly state: string;
}

/** A process as another process can recognise it: ids are reused, an id with its time of birth is not. */
export interface ProcessMark {
  readonly pid: number;
  readonly born: string;
}

export async function markProcess(pid: number): Promise<ProcessMark | undefined> {
  const born = process.platform === 'linux' ? await bornFromProc(pid) : await askPs(pid, 'lstart=');
  return born === undefined ? undefined : { pid, born };
}

export async function isAlive(mark: ProcessMark): Promise<boolean> {
  return (await markProcess(mark.pid))?.born === mark.born;
}

async function bornFromProc(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return isDead ? undefined : fields[19];
}

async function askPs(pid: number, column: string): Promise<string | undefined> {
  try {
    return (await execute('ps', ['-o', column, '-p', String(pid)])).stdout.trim() || undefined;
  } catch {
    return undefined; // `ps` fails when there is no such process, which is an answer
  }
}

async function commandLineOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return (await askPs(pid, 'command=')) ?? '';
  const line = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  return line.replaceAll('\0', ' ');
}

/** Reads `postmaster.pid`, whether or not that server still lives. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), state: (lines[7] ?? '').trim() };
}

/** The server that is running on this cluster now, if any. */
export async function runningPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const found = await readPostmaster(cluster);
  if (found === undefined || (await markProcess(found.pid)) === undefined) return undefined;
  const command = await commandLineOf(found.pid);
  if (command.includes('postgres') && command.includes(cluster)) return found;
  await disownPostmasterFile(cluster, found.pid);
  return undefined;
}

/**
 * The id in a stale file may meanwhile be some other program's (usual after a container restarts), and
 * PostgreSQL would then refuse to start. The file is not deleted but pointed at an id that cannot exist,
 * because PostgreSQL also uses it to notice backends of a killed server that still write.
 */
async function disownPostmasterFile(cluster: string, pid: number): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.startsWith(`${String(pid)}\n`)) await writeFile(file, text.replace(/^\d+/, '2147483646'));
}

/** Fast shutdown of the server on this cluster; firmer when it does not end in time. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const steps: readonly (readonly [NodeJS.Signals, number])[] = [
    ['SIGINT', 60_000], // fast: rolls open transactions back, writes a checkpoint
    ['SIGQUIT', 10_000], // immediate: the next start recovers from the write-ahead log
    ['SIGKILL', 10_000],
  ];
  for (const [signal, patience] of steps) {
    const running = await runningPostmaster(cluster);
    if (running === undefined) return;
    const mark = await markProcess(running.pid);
    if (mark === undefined) return;
    signalProcess(running.pid, signal);
    const deadline = Date.now() + patience;
    while ((await isAlive(mark)) && Date.now() < deadline) await sleep(25);
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
