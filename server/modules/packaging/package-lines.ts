import { createHash } from 'node:crypto';

import type { DumpPart, DumpRow } from '../../platform/dump/dump.types.ts';
import { AppError } from '../../platform/errors.ts';
import type { PackageSource } from '../../platform/packages/package-source.ts';
import { pathOfPart } from './package-parts.ts';

/** No row of ours is near it; what is longer would only fill the memory. */
const longestLine = 64 * 1024 * 1024;
const newline = 0x0a;

/** The rows of one part, one at a time, and what was read when they are over. */
export interface ReadPart {
  readonly rows: AsyncIterable<DumpRow>;
  /** Of all bytes so far. */
  readonly measured: () => { readonly bytes: number; readonly sha256: string };
}

export function readPart(source: PackageSource, part: DumpPart): ReadPart {
  const hash = createHash('sha256');
  const seen = { bytes: 0 };
  return {
    rows: parsed(part, source, (chunk) => {
      hash.update(chunk);
      seen.bytes += chunk.length;
    }),
    measured: () => ({ bytes: seen.bytes, sha256: hash.copy().digest('hex') }),
  };
}

const wrongRow = (part: DumpPart, line: number, cause?: unknown): AppError =>
  new AppError('invalid', 'packaging.row-wrong', `${pathOfPart(part)}第${line}行无法读取。`, {
    details: { part: part.name, line },
    cause,
  });

async function* parsed(
  part: DumpPart,
  source: PackageSource,
  onBytes: (chunk: Buffer) => void,
): AsyncGenerator<DumpRow> {
  let number = 0;
  let open: Buffer[] = [];
  let length = 0;
  for await (const chunk of (await source.open(pathOfPart(part))) as AsyncIterable<Buffer>) {
    onBytes(chunk);
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      number += 1;
      yield rowOf(part, Buffer.concat([...open, chunk.subarray(from, end)]), number);
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
