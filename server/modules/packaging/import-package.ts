import type { AssetStore } from '../../platform/asset-store.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import type { DumpRow, LoadContext, LoadStep } from '../../platform/dump/dump.types.ts';
import { type Db, isDatabaseLost } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageSource } from '../../platform/packages/package-source.ts';
import { countIdentity } from '../identity/index.ts';
import { assetStep, completionStep, countLibrary, digestsWithoutFile, loadFiles } from '../library/index.ts';
import { countSites } from '../sites/index.ts';
import { checkPackage } from './check-package.ts';
import { isUnfinished, noteStep, otherPackage, type StepRow, stepsOf } from './import-step.queries.ts';
import type { Manifest } from './manifest.ts';
import { readPart } from './package-lines.ts';
import { filePart, pathOfFile, stepsWith } from './package-parts.ts';

export interface PackageImport {
  /** A pool without limits of time. */
  readonly db: Db;
  readonly assets: AssetStore;
  readonly source: PackageSource;
  readonly clock: () => Date;
  /** Whether somebody here looks into files; what is brought in then waits for it. */
  readonly scans: boolean;
  readonly onStep?: (step: string, rows: number) => void;
  /** Ends the work between two batches. */
  readonly signal?: AbortSignal;
}

/** One number for "somebody is importing": a killed import's connection gives it back. */
const importLock = 7_246_070;

/**
 * Brings a package into an instance that has nothing yet. Everything is compared with the manifest first; then rows are
 * written batch by batch, each in a transaction that also notes how far it got, so that a broken import goes on.
 */
export async function importPackage(work: PackageImport): Promise<Manifest> {
  const imported = await underLock(work.db, importLock, async () => {
    const manifest = await checkPackage(work.source);
    const done = await requireRoom(work.db, manifest.sha256);
    for (const step of stepsWith(fileStep(work)))
      await runStep(work, manifest.sha256, step, done.get(step.name));
    return manifest;
  });
  if (imported) return imported;
  throw new AppError('conflict', 'packaging.import-running', '已有导入正在进行，请等它结束。');
}

/** Whoever would make something of their own in a database that is half full takes ids that the rest needs. */
export async function requireNoHalfImport(db: Db): Promise<void> {
  if (!(await isUnfinished(db, completionStep.name))) return;
  throw new AppError(
    'conflict',
    'packaging.import-unfinished',
    '数据包还没有导入完，请再次运行 npm run import:package 直到完成，再启动程序。',
  );
}

/** A look at the package and at what is here, and nothing more. */
export async function tryPackage(work: Pick<PackageImport, 'db' | 'source'>): Promise<Manifest> {
  const manifest = await checkPackage(work.source);
  await requireRoom(work.db, manifest.sha256);
  return manifest;
}

/** Ids, addresses and numbers are kept, so there must be nobody whose they could be already. */
async function requireRoom(db: Db, digest: string): Promise<ReadonlyMap<string, StepRow>> {
  const other = await otherPackage(db, digest);
  if (other !== undefined)
    throw new AppError(
      'conflict',
      'packaging.other-unfinished',
      '这个系统已导入过另一个数据包，不能再导入。',
      {
        details: { digest: other },
      },
    );
  const done = await stepsOf(db, digest);
  if (done.size > 0) return done;
  const there = { ...(await countIdentity(db)), ...(await countLibrary(db)), ...(await countSites(db)) };
  const taken = Object.entries(there).filter(([, count]) => count > 0);
  if (taken.length === 0) return done;
  throw new AppError(
    'conflict',
    'packaging.not-empty',
    '这个系统里已有单位、账号、网站或信息，编号会冲突。请在新建的空系统首次启动之前导入。',
    { details: Object.fromEntries(taken) },
  );
}

/** The bytes of a batch are in the store before its rows speak of them. */
function fileStep({ assets, source, scans }: PackageImport): LoadStep {
  const bring = async (digest: string, size: number): Promise<void> => {
    if (await assets.has(digest)) return;
    const received = await assets.receive(await source.open(pathOfFile(digest)), size);
    if (received.digest === digest) return received.keep();
    await received.drop();
    throw new AppError(
      'invalid',
      'packaging.file-altered',
      `文件${pathOfFile(digest)}的内容与它的摘要不符。`,
    );
  };
  return {
    name: filePart.name,
    part: filePart,
    load: async (ctx, rows) => {
      for (const { digest, size, infection } of rows)
        if (infection === null) await bring(String(digest), Number(size));
      await loadFiles(ctx, rows, scans);
    },
  };
}

const mostRows = 500;
/** Characters of a batch as JSON: it stands in memory twice. */
const mostCharacters = 8_000_000;

async function runStep(
  work: PackageImport,
  digest: string,
  step: LoadStep,
  before: StepRow | undefined,
): Promise<void> {
  if (before?.isFinished === true) return;
  let at = 0;
  let batch: DumpRow[] = [];
  let characters = 0;
  const flush = async (isLast: boolean): Promise<void> => {
    work.signal?.throwIfAborted();
    await writeBatch(work, step, batch, { digest, rows: at, isLast });
    work.onStep?.(step.name, at);
    [batch, characters] = [[], 0];
  };
  for await (const row of readPart(work.source, step.part).rows) {
    at += 1;
    if (at <= (before?.rows ?? 0)) continue;
    requireFlawless(step, row);
    batch.push(row);
    if (step.part.large === true) characters += JSON.stringify(row).length;
    if (batch.length >= mostRows || characters >= mostCharacters) await flush(false);
  }
  await flush(true);
}

/** Looked at once more: between the look at the whole and now somebody may have changed the folder. */
function requireFlawless({ part }: LoadStep, row: DumpRow): void {
  const flaw = part.flaw?.(row);
  if (flaw !== undefined) throw new AppError('invalid', 'packaging.row-flawed', `${flaw}，已拒绝导入。`);
}

async function writeBatch(
  { db, clock }: PackageImport,
  step: LoadStep,
  rows: readonly DumpRow[],
  { digest, rows: at, isLast }: { readonly digest: string; readonly rows: number; readonly isLast: boolean },
): Promise<void> {
  const now = clock();
  try {
    await db.transaction().execute(async (trx) => {
      const ctx: LoadContext = { db: trx, now };
      if (step === assetStep) await requireFiles(ctx, rows);
      if (rows.length > 0) await step.load(ctx, rows);
      if (isLast) await step.end?.(ctx);
      await noteStep(trx, { digest, step: step.name, rows: at, finishedAt: isLast ? now : null });
    });
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || isDatabaseLost(error)) throw error;
    throw new AppError(
      'invalid',
      'packaging.row-refused',
      `数据库没有接受${step.part.name}中的内容，导入已停止。`,
      {
        details: { part: step.part.name, upToLine: at },
        cause: error,
      },
    );
  }
}

async function requireFiles(ctx: LoadContext, rows: readonly DumpRow[]): Promise<void> {
  const [missing] = await digestsWithoutFile(
    ctx,
    rows.map(({ digest }) => String(digest)),
  );
  if (missing !== undefined)
    throw new AppError('invalid', 'packaging.file-missing', `数据包缺少文件${pathOfFile(missing)}。`);
}
