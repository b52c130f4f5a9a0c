import type { AssetStore } from '../../platform/asset-store.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import { type Command, defineCommand } from '../../platform/context.ts';
import type { DumpRow, LoadContext, LoadStep } from '../../platform/dump/dump.types.ts';
import { fireDeferred } from '../../platform/dump/load-rows.ts';
import { type Db, isDatabaseLost } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageSource } from '../../platform/packages/package-source.ts';
import { countIdentity } from '../identity/index.ts';
import { assetStep, countLibrary, digestsWithoutFile } from '../library/index.ts';
import { countSites } from '../sites/index.ts';
import { checkPackage, entryFor } from './check-package.ts';
import type { Manifest } from './manifest.ts';
import { readWhole } from './package-lines.ts';
import { filePart, pathOfFile, stepsWith } from './package-parts.ts';

export interface PackageImport {
  /** A pool without limits of time. */
  readonly db: Db;
  /** Runs the command as whoever imports. */
  readonly perform: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
  readonly assets: AssetStore;
  readonly source: PackageSource;
  /** Whether somebody here looks into files; what is brought in then waits for it. */
  readonly scans: boolean;
  readonly onStep?: (step: string, rows: number) => void;
  /** Ends the work between two batches. */
  readonly signal?: AbortSignal;
}

/** One number for "somebody is importing": a killed import's connection gives it back. */
const importLock = 7_246_070;

/**
 * Brings a package into an instance that has nothing yet. Everything is compared with the manifest first. Then its
 * bytes come into the store, where what nobody names harms nobody; then all rows in one transaction: whatever ends an
 * import, the instance is as empty as before.
 */
export async function importPackage(work: PackageImport): Promise<Manifest> {
  const imported = await underLock(work.db, importLock, async () => {
    const manifest = await checkPackage(work.source);
    await requireRoom(work.db);
    await bringFiles(work, manifest);
    await work.perform(bringRows, { ...work, manifest });
    return manifest;
  });
  if (imported) return imported;
  throw running();
}

const running = (): AppError =>
  new AppError('conflict', 'packaging.import-running', '已有导入正在进行，请等它结束。');

/** Whoever would make something of their own while a package comes in takes ids that it needs. */
export async function requireNoImport(db: Db): Promise<void> {
  if ((await underLock(db, importLock, () => Promise.resolve(true))) === undefined) throw running();
}

/** A look at the package and at what is here, and nothing more. */
export async function tryPackage(work: Pick<PackageImport, 'db' | 'source'>): Promise<Manifest> {
  const manifest = await checkPackage(work.source);
  await requireRoom(work.db);
  return manifest;
}

/** Ids, addresses and numbers are kept, so there must be nobody whose they could be already. */
async function requireRoom(db: Db): Promise<void> {
  const there = { ...(await countIdentity(db)), ...(await countLibrary(db)), ...(await countSites(db)) };
  const taken = Object.entries(there).filter(([, count]) => count > 0);
  if (taken.length === 0) return;
  throw new AppError(
    'conflict',
    'packaging.not-empty',
    '这个系统里已有单位、账号、网站或信息，编号会冲突。请在新建的空系统首次启动之前导入。',
    { details: Object.fromEntries(taken) },
  );
}

/** Bytes that an earlier attempt has brought are there already. */
async function bringFiles(
  { assets, source, signal, onStep }: PackageImport,
  manifest: Manifest,
): Promise<void> {
  let count = 0;
  for await (const { row } of readWhole(source, filePart, entryFor(manifest, filePart))) {
    signal?.throwIfAborted();
    const digest = String(row['digest']);
    if (row['infection'] !== null || (await assets.has(digest))) continue;
    const received = await assets.receive(await source.open(pathOfFile(digest)), Number(row['size']));
    if (received.digest !== digest) {
      await received.drop();
      throw new AppError(
        'invalid',
        'packaging.file-altered',
        `文件${pathOfFile(digest)}的内容与它的摘要不符。`,
      );
    }
    await received.keep();
    count += 1;
    if (count % mostRows === 0) onStep?.('bytes', count);
  }
}

interface RowsToBring extends PackageImport {
  readonly manifest: Manifest;
}

const bringRows = defineCommand(
  'packaging.import-package',
  ({ manifest }: RowsToBring) => ({
    kind: 'package',
    id: manifest.sha256,
    details: {
      from: manifest.instance.name,
      instant: manifest.instant,
      selection: manifest.selection,
      rows: manifest.parts.reduce((sum, part) => sum + part.rows, 0),
      files: manifest.files.count,
    },
  }),
  async ({ db, now }, work) => {
    for (const step of stepsWith(work)) await runStep({ db, now }, work, step);
  },
);

const mostRows = 500;
/** Bytes of a batch as JSON: it stands in memory twice. */
const mostBytes = 8_000_000;

async function runStep(ctx: LoadContext, work: RowsToBring, step: LoadStep): Promise<void> {
  const { source, manifest, signal, onStep } = work;
  let batch: DumpRow[] = [];
  let [at, held] = [0, 0];
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted();
    await writing(step, at, () => writeBatch(ctx, step, batch));
    onStep?.(step.name, at);
    [batch, held] = [[], 0];
  };
  // The folder may have been changed since the look at the whole: read to its end, it is compared once more.
  for await (const { row, bytes } of readWhole(source, step.part, entryFor(manifest, step.part))) {
    at += 1;
    batch.push(row);
    held += bytes;
    if (batch.length >= mostRows || held >= mostBytes) await flush();
  }
  await flush();
  await writing(step, at, async () => step.end?.(ctx));
}

async function writeBatch(ctx: LoadContext, step: LoadStep, rows: readonly DumpRow[]): Promise<void> {
  if (rows.length === 0) return;
  if (step === assetStep) await requireFiles(ctx, rows);
  await step.load(ctx, rows);
  // What waits for the end of a transaction sees each batch as it stands, and never all of them at once.
  await fireDeferred(ctx.db);
}

/** The check knows the kinds of values; what rows are to each other, the database alone knows. */
async function writing(step: LoadStep, at: number, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || isDatabaseLost(error)) throw error;
    throw new AppError(
      'invalid',
      'packaging.row-refused',
      `数据库没有接受${step.part.name}中的内容，什么也没有导入。`,
      { details: { part: step.part.name, upToLine: at }, cause: error },
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
