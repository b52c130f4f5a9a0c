import { STATUS_CODES } from 'node:http';

import type { CachedContent, RawHeaders, Variant } from './cached-page.ts';

/** Larger bodies are not copied behind their headers. */
export const LARGEST_READY_BODY = 256_000;
/** Of all answers that are kept for a second. */
const LARGEST_KEPT = 16_000_000;

export interface ReadyAnswersOptions {
  /** On every answer, before its own headers. */
  readonly extraHeaders: RawHeaders;
  readonly keepAliveSeconds: number;
}

export interface ReadyAnswers {
  /** Headers and body in one piece, as node:http would send them. */
  whole(page: CachedContent, variant: Variant): Buffer;
  /** The headers alone: the answer to HEAD. */
  head(page: CachedContent, variant: Variant): Buffer;
  unchanged(variant: Variant): Buffer;
}

function linesOf(headers: RawHeaders): string {
  let lines = '';
  for (let at = 0; at < headers.length; at += 2)
    lines += `${headers[at] ?? ''}: ${headers[at + 1] ?? ''}\r\n`;
  return lines;
}

/**
 * Answers as bytes, in the words and the order of node:http. They carry the time in seconds, so the same bytes
 * answer everybody who asks within the same second.
 */
export function createReadyAnswers(options: ReadyAnswersOptions): ReadyAnswers {
  const before = linesOf(options.extraHeaders);
  let second = 0;
  let after = '';
  let kept = new Map<Variant, Buffer>();
  let keptBytes = 0;

  const tick = (): void => {
    const now = Math.floor(Date.now() / 1000);
    if (now === second) return;
    second = now;
    after =
      `Date: ${new Date(now * 1000).toUTCString()}\r\n` +
      `Connection: keep-alive\r\nKeep-Alive: timeout=${String(options.keepAliveSeconds)}\r\n\r\n`;
    kept = new Map();
    keptBytes = 0;
  };
  const headOf = (status: 200 | 304 | 410, headers: RawHeaders): string =>
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${before}${linesOf(headers)}${after}`;

  return {
    whole(page, variant) {
      tick();
      const known = kept.get(variant);
      if (known) return known;
      const head = Buffer.from(headOf(page.status, variant.headers), 'latin1');
      const bytes = Buffer.concat([head, variant.body]);
      if (keptBytes + bytes.length > LARGEST_KEPT) {
        kept = new Map();
        keptBytes = 0;
      }
      kept.set(variant, bytes);
      keptBytes += bytes.length;
      return bytes;
    },
    head(page, variant) {
      tick();
      return Buffer.from(headOf(page.status, variant.headers), 'latin1');
    },
    unchanged(variant) {
      tick();
      return Buffer.from(headOf(304, variant.unchanged), 'latin1');
    },
  };
}
