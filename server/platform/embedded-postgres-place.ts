import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type Account, accountFor, canReach, type StartLog } from './embedded-postgres-account.ts';
import { AppError } from './errors.ts';

/** Where one embedded database keeps its things. */
export interface Place {
  /** The folder the caller named: password, log, owner, and the way to the cluster when it lives elsewhere. */
  readonly directory: string;
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  readonly account: Account | undefined;
}

/** For root only: what its database account must reach goes here when the clone is closed to it. */
export const sharedRoot = '/var/lib/jiyue';

interface Location {
  readonly directory: string;
  readonly cluster: string;
}

export async function preparePlace(wanted: string, log: StartLog): Promise<Place> {
  await mkdir(wanted, { recursive: true });
  const directory = await realpath(wanted);
  const location = await readLocation(directory);
  const cluster = location?.cluster ?? join(directory, 'cluster');
  const account = await accountFor(cluster, log);
  if (account === undefined) {
    await requireOwnCluster(cluster);
    await chmod(directory, 0o700);
    return { directory, cluster, account };
  }
  // The account passes through to the cluster; what else is in the folder stays closed by its own mode.
  await chmod(directory, 0o711);
  if (location !== undefined) return { directory, cluster: location.cluster, account };
  if (await isReachable(directory, account)) return { directory, cluster, account };
  return { directory, cluster: await placeElsewhere(directory, account, log), account };
}

/** The mode PostgreSQL insists on, owned by the account that runs it. */
export async function makeClusterFolder(path: string, account: Account | undefined): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** The password lives beside the cluster's address, readable by the caller's account only. */
export async function readPassword(directory: string): Promise<string> {
  return (await readFile(join(directory, 'password'), 'utf8')).trim();
}

export async function createPassword(directory: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const file = join(directory, 'password');
  await rm(file, { force: true });
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

async function requireOwnCluster(cluster: string): Promise<void> {
  const owner = await stat(cluster).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (owner === undefined || owner.uid === process.getuid?.()) return;
  throw new AppError(
    'unavailable',
    'platform.database-of-another-account',
    `数据库目录 ${cluster} 由另一个系统用户创建（例如曾以 root 启动）。请用同一用户启动，或更改数据目录。`,
  );
}

async function isReachable(directory: string, account: Account): Promise<boolean> {
  const probe = join(directory, `probe-${String(process.pid)}`);
  await makeClusterFolder(probe, account);
  try {
    return await canReach(account, { writable: [probe] });
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

async function readLocation(directory: string): Promise<Location | undefined> {
  const file = join(directory, 'location.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const location = JSON.parse(text) as Location;
  if (location.directory === directory) return location;
  // Moved with its clone: fine. Copied: both copies would write to one database.
  const original = await readFile(join(location.directory, 'location.json'), 'utf8').catch(() => undefined);
  if (original === undefined) {
    const moved = { directory, cluster: location.cluster };
    await writeLocation(moved);
    return moved;
  }
  throw new AppError(
    'unavailable',
    'platform.database-copied',
    `数据目录 ${directory} 是从 ${location.directory} 复制来的，两者指向同一个数据库 ${location.cluster}。请删除副本中的数据目录后重新启动。`,
  );
}

async function placeElsewhere(directory: string, account: Account, log: StartLog): Promise<string> {
  await mkdir(sharedRoot, { recursive: true });
  await chmod(sharedRoot, 0o755);
  await reportUnusedPlaces(log);
  const key = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  // The random end keeps a clone that was moved away apart from a new one at its old path.
  const folder = await mkdtemp(join(sharedRoot, `${key}-`));
  await chmod(folder, 0o755);
  if (!(await isReachable(folder, account))) {
    await rm(folder, { recursive: true, force: true });
    throw new AppError(
      'unavailable',
      'platform.database-place-unreachable',
      `系统用户 ${account.name} 无法进入 ${directory}，也无法使用 ${sharedRoot}。请把程序放到其他用户可以进入的目录，或以普通用户启动。`,
    );
  }
  const cluster = join(folder, 'cluster');
  await writeLocation({ directory, cluster });
  log.info(
    { directory, cluster, account: account.name },
    'the database account cannot enter this folder, so the database is kept elsewhere',
  );
  return cluster;
}

async function writeLocation(location: Location): Promise<void> {
  await writeFile(join(dirname(location.cluster), 'belongs-to.txt'), location.directory);
  await writeFile(join(location.directory, 'location.json'), JSON.stringify(location));
}

/** Whoever deletes a clone does not know of its database out there; nothing is deleted without being asked. */
async function reportUnusedPlaces(log: StartLog): Promise<void> {
  for (const name of await readdir(sharedRoot)) {
    const folder = join(sharedRoot, name);
    const directory = await readFile(join(folder, 'belongs-to.txt'), 'utf8').catch(() => undefined);
    if (directory === undefined) continue;
    const location = await readFile(join(directory, 'location.json'), 'utf8').catch(() => '');
    if (!location.includes(folder)) {
      log.info(
        { folder, directory },
        'a database that nothing uses any more is kept here, delete it if unwanted',
      );
    }
  }
}
