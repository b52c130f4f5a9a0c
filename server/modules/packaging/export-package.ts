import { createHash } from 'node:crypto';

import type { PackageSelection } from '../../../contracts/packaging.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { DumpPart, DumpRow } from '../../platform/dump/dump.types.ts';
import { dumpRows } from '../../platform/dump/dump-rows.ts';
import type { Db } from '../../platform/db.ts';
import { canonicalJson } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageTarget } from '../../platform/packages/package-target.ts';
import { programVersion } from '../../platform/program.ts';
import { portalName } from '../sites/index.ts';
import { chooseContents, isWhole } from './choose-contents.ts';
import { type Manifest, type ManifestPart, packageFormat, packageVersion, wholeText } from './manifest.ts';
import { filePart, manifestPath, packageParts, pathOfFile, pathOfPart } from './package-parts.ts';
import { requireSelection } from './require-selection.ts';

export interface ExportParts {
  /** A pool without limits of time: a large library takes minutes. */
  readonly db: Db;
  readonly assets: AssetStore;
  readonly target: PackageTarget;
  readonly selection: PackageSelection;
  readonly now: Date;
  /** Rows and files so far; it may throw to end the export. */
  readonly onProgress?: (written: number) => void | Promise<void>;
  /** Before the package stands under its name: what cannot be recorded is not given out. */
  readonly onWritten?: (manifest: Manifest) => Promise<void>;
}

/**
 * Writes a package of one snapshot, so that it holds together whatever is changed meanwhile. Rows pass through some at
 * a time; of the same state the same bytes come out, except for the instant. The snapshot lasts as long as the rows
 * take: uploaded bytes never change, and are written after it.
 */
export async function exportPackage(parts: ExportParts): Promise<Manifest> {
  const progress: Progress = { done: 0 };
  try {
    const { digests, ...rows } = await parts.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => writeRows(trx, parts, progress));
    const manifest: Manifest = {
      format: packageFormat,
      version: packageVersion,
      instance: { program: 'Jiyue', version: programVersion, name: rows.name },
      instant: parts.now.toISOString(),
      selection: parts.selection,
      parts: rows.written,
      files: await writeFiles(parts, digests, progress),
      leftOut: rows.leftOut,
      sha256: createHash('sha256').update(wholeText(rows.written)).digest('hex'),
    };
    await parts.target.add(manifestPath, linesOf([`${JSON.stringify(manifest, null, 2)}\n`]));
    await parts.onWritten?.(manifest);
    await parts.target.finish();
    return manifest;
  } catch (error) {
    await parts.target.abandon();
    throw error;
  }
}

interface WrittenRows {
  readonly name: string | null;
  readonly written: ManifestPart[];
  readonly leftOut: Manifest['leftOut'];
  /** Of the bytes that belong to the rows; 32 bytes each, in pieces. */
  readonly digests: readonly Buffer[];
}

async function writeRows(trx: Db, parts: ExportParts, progress: Progress): Promise<WrittenRows> {
  const { selection, target } = parts;
  await requireSelection(trx, selection);
  const leftOut = await chooseContents(trx, selection);
  const written: ManifestPart[] = [];
  const digests: Buffer[] = [];
  for (const part of packageParts) {
    // Old addresses belong to no resource: they go with the whole only.
    const isLeft = part.name === 'redirects' && !isWhole(selection);
    const before = progress.done;
    const onRows = part === filePart ? noteDigests(digests) : undefined;
    const lines = isLeft ? linesOf([]) : linesOfPart(trx, part, { ...parts, onRows }, progress);
    const { size, digest } = await target.add(pathOfPart(part), lines);
    const rows = progress.done - before;
    written.push({ name: part.name, path: pathOfPart(part), rows, bytes: size, sha256: digest });
  }
  return { name: await portalName(trx), written, leftOut, digests };
}

/** Rows and files that are written. */
interface Progress {
  done: number;
}

async function* linesOfPart(
  trx: Db,
  part: DumpPart,
  { onProgress, onRows }: ExportParts & { readonly onRows: OnRows | undefined },
  progress: Progress,
): AsyncGenerator<Buffer> {
  for await (const rows of dumpRows(trx, part)) {
    yield Buffer.from(rows.map((row) => lineOf(part, row)).join(''));
    onRows?.(rows);
    progress.done += rows.length;
    await onProgress?.(progress.done);
  }
}

type OnRows = (rows: readonly DumpRow[]) => void;

/** Bytes in which a virus was found stay behind. */
const noteDigests =
  (digests: Buffer[]): OnRows =>
  (rows) => {
    const sound = rows.filter(({ infection }) => infection === null);
    digests.push(Buffer.from(sound.map(({ digest }) => String(digest)).join(''), 'hex'));
  };

const digestBytes = 32;

function* namesIn(digests: readonly Buffer[]): Generator<string> {
  for (const piece of digests)
    for (let at = 0; at < piece.length; at += digestBytes)
      yield piece.subarray(at, at + digestBytes).toString('hex');
}

/** What contradicts itself would be refused where it is brought in; better that it is found here. */
function lineOf(part: DumpPart, row: DumpRow): string {
  const flaw = part.flaw?.(row);
  if (flaw !== undefined)
    throw new AppError('conflict', 'packaging.row-flawed', `${flaw}，数据可能被篡改，没有导出。`);
  return `${canonicalJson(row)}\n`;
}

async function* linesOf(texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function writeFiles(
  { assets, target, onProgress }: ExportParts,
  digests: readonly Buffer[],
  progress: Progress,
): Promise<Manifest['files']> {
  let [count, bytes] = [0, 0];
  for (const name of namesIn(digests)) {
    if (!(await assets.has(name))) throw lost(name);
    const { size, digest: found } = await target.add(pathOfFile(name), assets.open(name));
    if (found !== name) throw lost(name);
    count += 1;
    bytes += size;
    progress.done += 1;
    await onProgress?.(progress.done);
  }
  return { count, bytes };
}

const lost = (digest: string): AppError =>
  new AppError('conflict', 'packaging.file-lost', '文件库里缺少文件，或文件已损坏，请先从备份恢复。', {
    details: { digest },
  });
