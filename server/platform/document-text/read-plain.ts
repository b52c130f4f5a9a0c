import type { TextCollector } from './text-collector.ts';

/** UTF-8 where it is UTF-8, GB 18030 (with all that came before it) else; a mark at the beginning decides. */
export function readPlain(bytes: Buffer, into: TextCollector): void {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) into.add(new TextDecoder('utf-16le').decode(bytes));
  else if (first === 0xfe && second === 0xff) into.add(new TextDecoder('utf-16be').decode(bytes));
  else into.add(decoded(bytes));
}

function decoded(bytes: Buffer): string {
  try {
    // The bytes may end in the middle of a character: only their beginning is read.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
