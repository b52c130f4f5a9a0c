import { createHash } from 'node:crypto';

import type { DumpPart, DumpRow } from '../../platform/dump/dump.types.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageSource } from '../../platform/packages/package-source.ts';
import type { ManifestPart } from './manifest.ts';
import { pathOfPart } from './package-parts.ts';

/** No row of ours is near it; what is longer would only fill the memory. */
const longestLine = 64 * 1024 * 1024;
const newline = 0x0a;

/** A row and how many bytes its line has. */
interface Line {
  readonly row: DumpRow;
  readonly bytes: number;
}

/**
 * The rows of one part, one at a time. What was read is compared with the manifest when it is over: whoever has made
 * something of the rows learns then whether they were the ones that the manifest tells of.
 */
export async function* readWhole(
  source: PackageSource,
  part: DumpPart,
  entry: ManifestPart,
): AsyncGenerator<Line> {
  const hash = createHash('sha256');
  let [bytes, rows] = [0, 0];
  try {
    for await (const line of parsed(part, source, (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
    })) {
      rows += 1;
      yield line;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // An archive that is damaged in its middle.
    throw altered(entry, error);
  }
  if (bytes !== entry.bytes || rows !== entry.rows || hash.digest('hex') !== entry.sha256)
    throw altered(entry);
}

export const altered = ({ path }: ManifestPart, cause?: unknown): AppError =>
  new AppError('invalid', 'packaging.part-altered', `${path}与清单记载的摘要不符，数据包不完整或被改动过。`, {
    details: { path },
    cause,
  });

const wrongRow = (part: DumpPart, line: number, cause?: unknown): AppError =>
  new AppError('invalid', 'packaging.row-wrong', `${pathOfPart(part)}第${line}行无法读取。`, {
    details: { part: part.name, line },
    cause,
  });

async function* parsed(
  part: DumpPart,
  source: PackageSource,
  onBytes: (chunk: Buffer) => void,
): AsyncGenerator<Line> {
  let number = 0;
  let open: Buffer[] = [];
  let length = 0;
  for await (const chunk of (await source.open(pathOfPart(part))) as AsyncIterable<Buffer>) {
    onBytes(chunk);
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      number += 1;
      const line = Buffer.concat([...open, chunk.subarray(from, end)]);
      yield { row: rowOf(part, line, number), bytes: line.length };
      [open, length, from] = [[], 0, end + 1];
    }
    open.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longestLine) throw wrongRow(part, number + 1);
  }
  // Every line is ended: what is left was cut off.
  if (length > 0) throw wrongRow(part, number + 1);
}

function rowOf(part: DumpPart, line: Buffer, number: number): DumpRow {
  try {
    return JSON.parse(line.toString()) as DumpRow;
  } catch (error) {
    throw wrongRow(part, number, error);
  }
}
