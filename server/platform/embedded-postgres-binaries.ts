import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { type Account, canReach, runProgram, type StartLog } from './embedded-postgres-account.ts';
import { AppError } from './errors.ts';

/** Where the programs are: the folder that holds `bin`, `lib` and `share`. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that npm installed for this platform. When the account that must run it cannot
 * reach it there (a clone under /root, say), it is copied once to `sharedRoot`.
 */
export async function findBinaries(
  account: Account | undefined,
  sharedRoot: string,
  log: StartLog,
): Promise<Binaries> {
  const installed = await installedBinaries();
  if (account === undefined || (await canRun(installed.binaries, account))) return installed.binaries;
  const copy = join(sharedRoot, `postgres-${installed.version}-${process.arch}`);
  const copied = binariesIn(copy);
  if (await canRun(copied, account)) return copied;
  log.info(
    { from: installed.binaries.root, to: copy },
    'copying PostgreSQL to where its account can reach it',
  );
  await copyBinaries(installed.binaries.root, copy);
  if (await canRun(copied, account)) return copied;
  throw new AppError(
    'unavailable',
    'platform.postgres-not-runnable',
    `系统用户 ${account.name} 无法运行数据库程序（${copy}），请检查该目录的权限和挂载选项（noexec）。`,
  );
}

function binariesIn(root: string): Binaries {
  return { root, initdb: join(root, 'bin/initdb'), postgres: join(root, 'bin/postgres') };
}

async function installedBinaries(): Promise<{ binaries: Binaries; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    // The platform package is a dependency of `embedded-postgres`, so it is looked up from there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(parent).resolve(name);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'platform.postgres-not-installed',
      `没有找到适合本机（${system}-${process.arch}）的内置 PostgreSQL（${name}）。请重新运行 npm ci，或设置 DATABASE_URL 使用已有的 PostgreSQL。`,
      { cause },
    );
  }
  const folder = dirname(dirname(entry));
  const binaries = binariesIn(join(folder, 'native'));
  await completeInstall(folder, binaries);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { binaries, version };
}

/** npm packages cannot hold links; the package's install script makes them, but it may have been blocked. */
async function completeInstall(folder: string, binaries: Binaries): Promise<void> {
  const listed = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(listed) as { source: string; target: string }[]) {
    const target = join(folder, link.target);
    if (await exists(target)) continue;
    await symlink(basename(link.source), target).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  for (const program of [binaries.initdb, binaries.postgres]) {
    if (((await stat(program)).mode & 0o111) !== 0o111) await chmod(program, 0o755);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function canRun(binaries: Binaries, account: Account): Promise<boolean> {
  if (!(await exists(binaries.postgres))) return false;
  const readable = [
    join(binaries.root, 'share/postgresql/postgres.bki'),
    join(binaries.root, 'lib/postgresql/dict_snowball.so'),
  ];
  if (process.platform === 'linux' && !(await canReach(account, { readable }))) return false;
  try {
    await runProgram(binaries.postgres, ['--version'], { account });
    await runProgram(binaries.initdb, ['--version'], { account });
    return true;
  } catch {
    return false; // not reachable, not executable or on a volume mounted noexec
  }
}

async function copyBinaries(from: string, to: string): Promise<void> {
  const half = `${to}.${String(process.pid)}`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  await chmod(dirname(to), 0o755);
  await cp(from, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && !path.endsWith('/pgxs') && !path.endsWith('/pkgconfig'),
  });
  await openToAll(half);
  // Renamed when complete, so that a copy that was interrupted is never taken for a whole one.
  await rm(to, { recursive: true, force: true });
  await rename(half, to);
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
