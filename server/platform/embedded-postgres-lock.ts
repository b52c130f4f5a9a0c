import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive, markProcess, type ProcessMark } from './embedded-postgres-process.ts';

/** Remembers which process started the server and will stop it. */
export async function claimServer(directory: string): Promise<void> {
  await writeMark(join(directory, 'owner.json'));
}

export async function disclaimServer(directory: string): Promise<void> {
  await rm(join(directory, 'owner.json'), { force: true });
}

/** Whether the process that started the server is still there to stop it. */
export async function hasLivingOwner(directory: string): Promise<boolean> {
  const owner = await readMark(join(directory, 'owner.json'));
  return owner !== undefined && (await isAlive(owner));
}

/** Creating and starting happen one at a time per directory, between processes and within one. */
export async function withStartLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const file = join(directory, 'start.lock');
  while (!(await takeLock(file))) await sleep(100);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeLock(file: string): Promise<boolean> {
  try {
    await writeMark(file, 'wx');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = await readMark(file);
  if (holder === undefined || (await isAlive(holder))) return false;
  // Moved away rather than deleted: of several that find a dead holder's lock, one succeeds.
  const dead = `${file}.${String(process.pid)}`;
  await rename(file, dead).catch(() => undefined);
  await rm(dead, { force: true });
  return false;
}

async function writeMark(file: string, flag = 'w'): Promise<void> {
  const self = await markProcess(process.pid);
  await writeFile(file, JSON.stringify(self ?? { pid: process.pid, born: '' }), { flag, mode: 0o600 });
}

async function readMark(file: string): Promise<ProcessMark | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as ProcessMark;
  } catch {
    return undefined; // absent, or just being written
  }
}
