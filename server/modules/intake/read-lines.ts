import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

import { AppError } from '../../platform/errors.ts';
import { documentError } from '../../platform/documents/document-error.ts';
import { decodedText, firstBytes, linesOf, textEncodingOf } from '../../platform/documents/text-encoding.ts';
import type { IntakeRecord } from './intake.types.ts';

const mostLineCharacters = 8_000_000;
const mostInflatedBytes = 8_000_000_000;

/** JSON Lines: one object a line, gzipped or not. Fields are sources; lists become texts joined by commas. */
export async function* readLines(path: string): AsyncGenerator<IntakeRecord> {
  for await (const { number, text } of linesOf(await openText(path), mostLineCharacters)) {
    const place = `第 ${number} 行`;
    if (text === null) {
      yield unreadable(place, '这一行过长。');
      continue;
    }
    if (text.trim() === '') continue;
    yield recordOf(place, text);
  }
}

async function openText(path: string): Promise<AsyncIterable<string>> {
  const start = await firstBytes(path, 2);
  if (start[0] === 0x1f && start[1] === 0x8b) return decodedText(inflated(path), 'utf-8');
  const encoding = await textEncodingOf(path);
  if (encoding === undefined) throw documentError('document.encoding-unknown');
  return decodedText(createReadStream(path) as AsyncIterable<Buffer>, encoding);
}

async function* inflated(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostInflatedBytes) throw documentError('document.too-large');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AppError ? error : documentError('document.damaged', { cause: error });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function unreadable(place: string, message: string): IntakeRecord {
  return {
    place,
    values: {},
    fallbackKey: place,
    problem: { code: 'record.unreadable', field: null, message },
  };
}

function recordOf(place: string, text: string): IntakeRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(place, '不是有效的 JSON。');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return unreadable(place, '一行应是一个 JSON 对象。');
  const values: Record<string, string> = {};
  for (const [name, one] of Object.entries(value).slice(0, 200)) {
    const written = textOf(one);
    if (written !== '' && name !== '' && name.length <= 200) values[name] = written;
  }
  return {
    place,
    values,
    fallbackKey: `line:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`,
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join('，');
  return '';
}
