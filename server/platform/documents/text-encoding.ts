import { createReadStream } from 'node:fs';

import { AppError } from '../errors.ts';
import { documentError } from './document-error.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le';

/** Reads a text as UTF-8 or GB 18030 piece by piece, as long as it may be that. */
class EncodingTrial {
  private readonly decoder: TextDecoder;
  isPossible = true;
  hasForeign = false;
  hasChinese = false;

  constructor(encoding: TextEncoding) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  read(bytes?: Buffer): void {
    if (!this.isPossible) return;
    try {
      const text = bytes === undefined ? this.decoder.decode() : this.decoder.decode(bytes, { stream: true });
      this.hasForeign ||= /[^\0-\x7f]/.test(text);
      this.hasChinese ||= /[\u2000-\uffff\ud800]/.test(text);
      if (text.includes('\0')) this.isPossible = false;
    } catch {
      this.isPossible = false;
    }
  }
}

/**
 * Some Chinese words in GB 18030 happen to be UTF-8 as well, of letters that nobody here writes (通知 is one). A text
 * in UTF-8 with foreign letters and nothing Chinese among them is therefore the other one, when it can be.
 */
function decide(utf8: EncodingTrial, gb18030: EncodingTrial): TextEncoding | undefined {
  const isStrange = utf8.hasForeign && !utf8.hasChinese;
  if (utf8.isPossible && !(isStrange && gb18030.isPossible)) return 'utf-8';
  return gb18030.isPossible ? 'gb18030' : undefined;
}

/**
 * What a text file is written in. The whole file is looked at: the first Chinese word of a long table may stand far
 * down. Undefined when it is no text in an encoding that we read.
 */
export async function textEncodingOf(path: string): Promise<TextEncoding | undefined> {
  const start = await firstBytes(path, 3);
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  const [utf8, gb18030] = [new EncodingTrial('utf-8'), new EncodingTrial('gb18030')];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    utf8.read(chunk);
    gb18030.read(chunk);
    if (!utf8.isPossible && !gb18030.isPossible) return undefined;
  }
  utf8.read();
  gb18030.read();
  return start.equals(Buffer.from('efbbbf', 'hex')) && utf8.isPossible ? 'utf-8' : decide(utf8, gb18030);
}

/** The same for a few bytes in memory. */
export function likelyEncoding(bytes: Buffer): TextEncoding | undefined {
  const [utf8, gb18030] = [new EncodingTrial('utf-8'), new EncodingTrial('gb18030')];
  for (const trial of [utf8, gb18030]) {
    trial.read(bytes);
    trial.read();
  }
  return decide(utf8, gb18030);
}

export async function firstBytes(path: string, count: number): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: count - 1 }) as AsyncIterable<Buffer>) return chunk;
  return Buffer.alloc(0);
}

/** The text of a stream in pieces, without its byte order mark. */
export async function* decodedText(
  source: AsyncIterable<Buffer>,
  encoding: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of source) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw documentError('document.encoding-unknown', { cause: error });
  }
}

export interface TextLine {
  readonly number: number;
  /** Null when the line is longer than allowed; it is passed over. */
  readonly text: string | null;
}

/** Lines of a text, none longer than so many characters in memory. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  mostCharacters: number,
): AsyncGenerator<TextLine> {
  let number = 0;
  let open = '';
  let isTooLong = false;
  for await (const piece of pieces) {
    const parts = piece.split('\n');
    for (const [at, part] of parts.entries()) {
      if (isTooLong || open.length + part.length > mostCharacters) isTooLong = true;
      else open += part;
      if (at === parts.length - 1) break;
      number += 1;
      yield { number, text: isTooLong ? null : open.replace(/\r$/, '') };
      open = '';
      isTooLong = false;
    }
    if (isTooLong) open = '';
  }
  if (open !== '' || isTooLong) yield { number: number + 1, text: isTooLong ? null : open };
}
