import { createHash } from 'node:crypto';

import type { PackageSelection } from '../../../contracts/packaging.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { DumpPart, DumpRow } from '../../platform/dump/dump.types.ts';
import { dumpRows } from '../../platform/dump/dump-rows.ts';
import type { Db } from '../../platform/db.ts';
import { canonicalJson } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageTarget } from '../../platform/packages/package-target.ts';
import { portalName } from '../sites/index.ts';
import { chooseContents, isWhole } from './choose-contents.ts';
import {
  type Manifest,
  type ManifestPart,
  packageFormat,
  packageVersion,
  programVersion,
  wholeText,
} from './manifest.ts';
import { filePart, manifestPath, packageParts, pathOfFile, pathOfPart } from './package-parts.ts';

export interface ExportParts {
  /** A pool without limits of time: a large library takes minutes. */
  readonly db: Db;
  readonly assets: AssetStore;
  readonly target: PackageTarget;
  readonly selection: PackageSelection;
  readonly now: Date;
  /** Rows and files so far; it may throw to end the export. */
  readonly onProgress?: (written: number) => void | Promise<void>;
}

/**
 * Writes a package of one snapshot, so that it holds together whatever is changed meanwhile. Rows pass through some at
 * a time; of the same state the same bytes come out, except for the instant.
 */
export async function exportPackage(parts: ExportParts): Promise<Manifest> {
  try {
    const manifest = await parts.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => writeContents(trx, parts));
    await parts.target.add(manifestPath, linesOf([`${JSON.stringify(manifest, null, 2)}\n`]));
    await parts.target.finish();
    return manifest;
  } catch (error) {
    await parts.target.abandon();
    throw error;
  }
}

async function writeContents(trx: Db, parts: ExportParts): Promise<Manifest> {
  const { selection, target } = parts;
  const leftOut = await chooseContents(trx, selection);
  const written: ManifestPart[] = [];
  const progress = { done: 0 };
  for (const part of packageParts) {
    // Old addresses belong to no resource: they go with the whole only.
    const isLeft = part.name === 'redirects' && !isWhole(selection);
    const before = progress.done;
    const lines = isLeft ? linesOf([]) : linesOfPart(trx, part, parts, progress);
    const { size, digest } = await target.add(pathOfPart(part), lines);
    const rows = progress.done - before;
    written.push({ name: part.name, path: pathOfPart(part), rows, bytes: size, sha256: digest });
  }
  const files = await writeFiles(trx, parts, progress);
  return {
    format: packageFormat,
    version: packageVersion,
    instance: { program: 'Jiyue', version: programVersion, name: await portalName(trx) },
    instant: parts.now.toISOString(),
    selection,
    parts: written,
    files,
    leftOut,
    sha256: createHash('sha256').update(wholeText(written)).digest('hex'),
  };
}

/** Rows and files that are written. */
interface Progress {
  done: number;
}

async function* linesOfPart(
  trx: Db,
  part: DumpPart,
  { onProgress }: ExportParts,
  progress: Progress,
): AsyncGenerator<Buffer> {
  for await (const rows of dumpRows(trx, part)) {
    yield Buffer.from(rows.map((row) => lineOf(part, row)).join(''));
    progress.done += rows.length;
    await onProgress?.(progress.done);
  }
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

async function writeFiles(trx: Db, parts: ExportParts, progress: Progress): Promise<Manifest['files']> {
  const { assets, target } = parts;
  let [count, bytes] = [0, 0];
  for await (const rows of dumpRows(trx, filePart)) {
    for (const { digest, infection } of rows) {
      if (infection !== null) continue;
      const name = String(digest);
      if (!(await assets.has(name))) throw lost(name);
      const { size, digest: found } = await target.add(pathOfFile(name), assets.open(name));
      if (found !== name) throw lost(name);
      count += 1;
      bytes += size;
      progress.done += 1;
    }
    await parts.onProgress?.(progress.done);
  }
  return { count, bytes };
}

const lost = (digest: string): AppError =>
  new AppError('conflict', 'packaging.file-lost', '文件库里缺少文件，或文件已损坏，请先从备份恢复。', {
    details: { digest },
  });
