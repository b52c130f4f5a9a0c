import { createHash } from 'node:crypto';

import { compareRows, wrongField } from '../../platform/dump/check-row.ts';
import type { DumpPart, DumpRow } from '../../platform/dump/dump.types.ts';
import { readAtMost } from '../../platform/documents/zip-archive.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageSource } from '../../platform/packages/package-source.ts';
import { type Manifest, type ManifestPart, readManifest, wholeText } from './manifest.ts';
import { altered, readWhole } from './package-lines.ts';
import { filePart, manifestPath, packageParts, pathOfFile, pathOfPart } from './package-parts.ts';

const mostManifestBytes = 1024 * 1024;
/** Lines of JSON become ten times smaller; what becomes a hundred times smaller was made to fill a disk. */
const mostExpansion = 100;

const refuse = (code: string, message: string, details: object): AppError =>
  new AppError('invalid', code, message, { details });

/** Reads a package to its end and compares everything with its manifest. Nothing is written anywhere. */
export async function checkPackage(source: PackageSource): Promise<Manifest> {
  if (source.expansion > mostExpansion)
    throw refuse('packaging.bomb', '数据包解开后异常巨大，已拒绝读取。', {
      expansion: Math.round(source.expansion),
    });
  const manifest = await openManifest(source);
  const files = await checkNames(source);
  for (const part of packageParts) await checkPart(source, part, entryFor(manifest, part));
  await checkFiles(source, manifest, files);
  return manifest;
}

async function openManifest(source: PackageSource): Promise<Manifest> {
  const size = await source.size(manifestPath);
  if (size === undefined || size > mostManifestBytes)
    throw refuse('packaging.manifest-wrong', '这不是本平台的开放数据包。', {});
  const text = await readAtMost(await source.open(manifestPath), mostManifestBytes);
  const manifest = readManifest(text.toString());
  const [names, known] = [manifest.parts.map(({ name }) => name), packageParts.map(({ name }) => name)];
  const whole = createHash('sha256').update(wholeText(manifest.parts)).digest('hex');
  if (names.join() !== known.join() || whole !== manifest.sha256)
    throw refuse('packaging.manifest-wrong', '数据包的清单 manifest.json 不完整或有误。', {});
  return manifest;
}

/** What the manifest says of a part. */
export function entryFor(manifest: Manifest, part: DumpPart): ManifestPart {
  const entry = manifest.parts.find(({ name }) => name === part.name);
  if (entry?.path !== pathOfPart(part))
    throw refuse('packaging.manifest-wrong', '数据包的清单 manifest.json 不完整或有误。', {
      part: part.name,
    });
  return entry;
}

/** Nothing but what the format knows may be there. Says how many files there are; which ones, the list of files tells. */
async function checkNames(source: PackageSource): Promise<number> {
  const known = new Set([manifestPath, ...packageParts.map(pathOfPart)]);
  let files = 0;
  for await (const name of source.names()) {
    if (known.has(name)) continue;
    const digest = /^files\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (digest === undefined || pathOfFile(digest) !== name)
      throw refuse('packaging.file-extra', `数据包里有不认识的文件“${name.slice(0, 200)}”。`, {
        path: name.slice(0, 200),
      });
    files += 1;
  }
  return files;
}

async function checkPart(source: PackageSource, part: DumpPart, entry: ManifestPart): Promise<void> {
  const size = await source.size(entry.path);
  if (size === undefined)
    throw refuse('packaging.part-missing', `数据包缺少${entry.path}。`, { path: entry.path });
  if (size !== entry.bytes) throw altered(entry);
  let [rows, before]: [number, DumpRow | undefined] = [0, undefined];
  let problem: AppError | undefined;
  for await (const { row } of readWhole(source, part, entry)) {
    rows += 1;
    problem ??= rowProblem(part, row, before, rows);
    before = row;
  }
  // Last: of a part that was altered nothing else is worth telling.
  if (problem) throw problem;
}

function rowProblem(
  part: DumpPart,
  row: DumpRow,
  before: DumpRow | undefined,
  line: number,
): AppError | undefined {
  const details = { part: part.name, line };
  const field = wrongField(part, row);
  if (field !== undefined)
    return refuse('packaging.row-wrong', `${pathOfPart(part)}第${line}行的内容不符合格式。`, {
      ...details,
      field,
    });
  if (before && compareRows(part, before, row) >= 0)
    return refuse('packaging.row-wrong', `${pathOfPart(part)}第${line}行重复，或者不在应有的位置。`, details);
  const flaw = part.flaw?.(row);
  return flaw === undefined ? undefined : refuse('packaging.row-flawed', `${flaw}，已拒绝导入。`, details);
}

async function checkFiles(source: PackageSource, manifest: Manifest, present: number): Promise<void> {
  let [count, bytes] = [0, 0];
  for await (const { row } of readWhole(source, filePart, entryFor(manifest, filePart))) {
    const { digest, size, infection } = row;
    if (infection !== null) continue;
    const path = pathOfFile(String(digest));
    const found = await source.size(path);
    if (found === undefined) throw refuse('packaging.file-missing', `数据包缺少文件${path}。`, { path });
    if (found !== Number(size) || (await digestOfFile(source, path)) !== digest)
      throw refuse('packaging.file-altered', `文件${path}的内容与它的摘要不符。`, { path });
    count += 1;
    bytes += found;
  }
  if (count !== present)
    throw refuse('packaging.file-extra', '数据包里有清单没有记载的文件。', { listed: count, present });
  if (count !== manifest.files.count || bytes !== manifest.files.bytes)
    throw refuse('packaging.manifest-wrong', '数据包的清单 manifest.json 不完整或有误。', {});
}

/** Undefined when it cannot be read to its end: an archive can be damaged in its middle. */
async function digestOfFile(source: PackageSource, path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of (await source.open(path)) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
