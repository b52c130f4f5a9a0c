import { execFile, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

import { AppError } from './errors.ts';

const execute = promisify(execFile);

/** The little of a logger that starting the database needs; a pino logger fits. */
export interface StartLog {
  info(details: object, message: string): void;
}

/** The operating-system account the database runs under; undefined means this process's own. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const accountName = 'jiyue-postgres';

// Children get a known environment: whatever PG* or LD_* variables the caller has must not change the server.
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
};

/** What every child of ours is started with: its account, and a working folder that any account may enter. */
export function spawnOptionsFor(account: Account | undefined) {
  return { cwd: '/', env: environment, uid: account?.uid, gid: account?.gid };
}

/** Runs a program to its end, optionally feeding it text; rejects with what it printed when it fails. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { account?: Account | undefined; input?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, spawnOptionsFor(options.account));
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`${command} ended with ${signal ?? String(code)}: ${output.trim().slice(-2000)}`));
    });
    // A program that ends before it has read everything breaks the pipe; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/**
 * PostgreSQL refuses to run as root, so root gets an unprivileged account for it. A cluster that an
 * ordinary user made stays that user's: `cluster` tells whose it is.
 */
export async function accountFor(cluster: string, log: StartLog): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `uid ${String(owner.uid)}`, uid: owner.uid, gid: owner.gid };
  }
  const existing = await lookUpAccount(accountName);
  if (existing !== undefined) return existing;
  await createAccount(log);
  const created = await lookUpAccount(accountName);
  if (created !== undefined) {
    log.info({ account: accountName }, 'created the unprivileged account that runs the database');
    return created;
  }
  const nobody = await lookUpAccount('nobody');
  if (nobody === undefined) {
    throw new AppError(
      'unavailable',
      'platform.no-database-account',
      `数据库不能以 root 身份运行，且无法创建系统用户 ${accountName}。请先手工创建该用户，或改用普通用户启动。`,
    );
  }
  log.info({ account: 'nobody' }, `could not create ${accountName}, the database runs as nobody`);
  return nobody;
}

async function lookUpAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, name])).stdout)),
    );
    return uid === undefined || gid === undefined ? undefined : { name, uid, gid };
  } catch {
    return undefined; // `id` fails when there is no such account, which is an answer
  }
}

async function createAccount(log: StartLog): Promise<void> {
  const attempts: readonly (readonly [string, ...string[]])[] = [
    // prettier-ignore
    ['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', accountName],
    // BusyBox (Alpine)
    ['adduser', '-S', '-D', '-H', '-h', '/nonexistent', '-s', '/sbin/nologin', accountName],
  ];
  for (const [command, ...args] of attempts) {
    try {
      await runProgram(command, args);
      return;
    } catch (error) {
      log.info({ command, error: String(error) }, 'this way of creating an account does not work here');
    }
  }
}

/** Whether the account can truly read or write these paths: asked of the system, not derived from modes. */
export async function canReach(
  account: Account | undefined,
  paths: { readonly readable?: readonly string[]; readonly writable?: readonly string[] },
): Promise<boolean> {
  const script =
    'while [ "$1" != -- ]; do test -r "$1" || exit 1; shift; done; shift; for p; do test -w "$p" && test -x "$p" || exit 1; done';
  try {
    const args = ['-c', script, 'sh', ...(paths.readable ?? []), '--', ...(paths.writable ?? [])];
    await runProgram('/bin/sh', args, { account });
    return true;
  } catch {
    return false;
  }
}
