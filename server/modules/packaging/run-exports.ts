import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { AssetStore } from '../../platform/asset-store.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import { type Db, isDatabaseLost } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { discardTarget, openTarget } from '../../platform/packages/package-target.ts';
import { exportPackage } from './export-package.ts';
import {
  beginExport,
  endExport,
  type ExportRow,
  exportsToDelete,
  failExport,
  isExportWanted,
  noteDeleted,
  noteWritten,
  waitingExport,
} from './export.queries.ts';

interface ExportRunner {
  readonly db: Db;
  readonly assets: AssetStore;
  /** Where packages lie until they are deleted. */
  readonly directory: string;
  readonly clock: () => Date;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One number for "somebody is at it": a killed worker's connection gives it back. */
const exportLock = 7_246_071;
const mostAttempts = 3;
const keptDays = 7;
const progressMilliseconds = 1_000;

export const archiveOf = (directory: string, id: string): string => join(directory, `${id}.zip`);

/** Makes the packages that wait, one after another, and deletes what was kept long enough. */
export async function makePackages(runner: ExportRunner): Promise<void> {
  while (!runner.signal.aborted && (await makeOne(runner)));
}

/** False when nothing waited or another worker is at it. */
async function makeOne(runner: ExportRunner): Promise<boolean> {
  if (!(await isExportWanted(runner.db, runner.clock()))) return false;
  const made = await underLock(runner.db, exportLock, async ({ lost }) => {
    await deleteOld(runner);
    const row = await waitingExport(runner.db);
    const signal = AbortSignal.any([runner.signal, lost]);
    if (!row || signal.aborted) return false;
    await attempt({ ...runner, signal }, row);
    lost.throwIfAborted();
    return true;
  });
  return made ?? false;
}

async function deleteOld({ db, directory, clock }: ExportRunner): Promise<void> {
  for (const { id } of await exportsToDelete(db, clock())) {
    await rm(archiveOf(directory, id), { force: true });
    await noteDeleted(db, id);
  }
}

/** What cannot be exported ends with a reason; what kills the worker does so after a few tries. */
async function attempt(runner: ExportRunner, row: ExportRow): Promise<void> {
  const { db, clock, log } = runner;
  const fail = (code: string, message: string): Promise<void> =>
    failExport(db, row.id, { code, message, at: clock() });
  if ((await beginExport(db, row.id)) > mostAttempts) {
    await discardTarget(archiveOf(runner.directory, row.id));
    await fail('packaging.export-interrupted', '导出时程序多次中断，已停止，请联系运维查看磁盘空间和日志。');
    return;
  }
  try {
    await make(runner, row);
  } catch (error) {
    if (runner.signal.aborted || (error instanceof Error && isDatabaseLost(error))) throw error;
    log.warn({ err: error, exportId: row.id }, 'a package could not be made');
    if (error instanceof AppError) await fail(error.code, error.message);
  }
}

async function make(
  { db, assets, directory, clock, log, signal }: ExportRunner,
  row: ExportRow,
): Promise<void> {
  const path = archiveOf(directory, row.id);
  let [told, written] = [performance.now(), 0];
  const { sha256 } = await exportPackage({
    db,
    assets,
    target: await openTarget(path),
    selection: row.selection,
    now: clock(),
    onProgress: async (done) => {
      signal.throwIfAborted();
      written = done;
      if (performance.now() - told < progressMilliseconds) return;
      told = performance.now();
      await noteWritten(db, row.id, done);
    },
  });
  const { size } = await stat(path);
  const at = clock();
  const expiresAt = new Date(at.getTime() + keptDays * 86_400_000);
  await endExport(db, row.id, { digest: sha256, size, written, at, expiresAt });
  log.info({ exportId: row.id, rows: written, bytes: size }, 'a package is made');
}
