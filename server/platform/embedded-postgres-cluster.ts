import { chown, rename, rm, stat, writeFile } from 'node:fs/promises';

import { runProgram } from './embedded-postgres-account.ts';
import type { Binaries } from './embedded-postgres-binaries.ts';
import { createPassword, makeClusterFolder, type Place } from './embedded-postgres-place.ts';

/** The database, and the role that owns it. */
export const databaseName = 'jiyue';

export async function hasCluster(place: Place): Promise<boolean> {
  return stat(place.cluster).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Makes the cluster beside its final name and renames it when whole, so that a kill leaves nothing half made. */
export async function createCluster(place: Place, binaries: Binaries): Promise<void> {
  const half = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.password`;
  await rm(half, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await makeClusterFolder(half, place.account);
  try {
    const password = await createPassword(place.directory);
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (place.account !== undefined) await chown(passwordFile, place.account.uid, place.account.gid);
    await initialise(place, binaries, { half, passwordFile });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, place.cluster);
}

async function initialise(
  place: Place,
  binaries: Binaries,
  paths: { half: string; passwordFile: string },
): Promise<void> {
  const { account } = place;
  const options = [
    `--pgdata=${paths.half}`,
    `--username=${databaseName}`,
    `--pwfile=${paths.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
  await runProgram(binaries.initdb, options, { account });
  // No client program comes along; the server in single-user mode reads a statement from its input.
  const single = ['--single', '-D', paths.half, 'postgres'];
  await runProgram(binaries.postgres, single, { account, input: `create database ${databaseName};\n` });
}
