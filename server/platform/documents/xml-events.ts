import { SaxesParser, type SaxesTagPlain } from 'saxes';

import { AppError } from '../errors.ts';
import { documentError } from './document-error.ts';

export interface XmlTag {
  /** Without its prefix: documents choose their prefixes freely. */
  readonly name: string;
  readonly prefix: string;
  attribute(name: string): string | undefined;
}

export interface XmlHandler {
  open(tag: XmlTag): void;
  close(name: string, prefix: string): void;
  text(text: string): void;
  /** True: nothing more is wanted. */
  isDone?(): boolean;
}

const mostDepth = 200;
const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);
const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');

function tagOf({ name, attributes }: SaxesTagPlain): XmlTag {
  return {
    name: localOf(name),
    prefix: prefixOf(name),
    attribute: (wanted) => {
      const exact = attributes[wanted];
      if (exact !== undefined || wanted.includes(':')) return exact;
      const key = Object.keys(attributes).find((one) => localOf(one) === wanted);
      return key === undefined ? undefined : attributes[key];
    },
  };
}

/** A parser that knows no entities but the five of XML, no DOCTYPE at all, and no bottomless nesting. */
function createParser(handler: XmlHandler): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  parser.on('error', (error) => {
    throw documentError('document.damaged', { cause: error });
  });
  parser.on('doctype', () => {
    throw documentError('document.xml-forbidden');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > mostDepth) throw documentError('document.damaged', { details: { depth } });
    handler.open(tagOf(tag));
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close(localOf(name), prefixOf(name));
  });
  parser.on('text', (text) => {
    handler.text(text);
  });
  parser.on('cdata', (text) => {
    handler.text(text);
  });
  return parser;
}

/** What the first bytes say of the encoding; XML is UTF-8 otherwise. */
function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const declared = /^[^>]{0,20}<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]+)["']/.exec(
    start.subarray(0, 200).toString('latin1'),
  )?.[1];
  return /^gb/i.test(declared ?? '') ? 'gb18030' : 'utf-8';
}

/**
 * Reads XML as it streams in. `take` hands over what the handler has collected; it is asked after every piece, so
 * that memory holds no more than one.
 */
export async function* xmlItems<T>(
  source: AsyncIterable<Buffer>,
  handler: XmlHandler & { take(): readonly T[] },
): AsyncGenerator<T> {
  const parser = createParser(handler);
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of source) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      parser.write(decoder.decode(chunk, { stream: true }));
      yield* handler.take();
      if (handler.isDone?.() === true) return;
    }
    parser.write(decoder?.decode() ?? '');
    parser.close();
  } catch (error) {
    throw error instanceof AppError ? error : documentError('document.damaged', { cause: error });
  }
  yield* handler.take();
}

/** Reads XML to its end, for its handler's own sake. */
export async function readXml(source: AsyncIterable<Buffer> | Buffer, handler: XmlHandler): Promise<void> {
  const chunks = Buffer.isBuffer(source) ? piecesOf(source) : source;
  const items = xmlItems(chunks, { ...boundHandler(handler), take: () => [] });
  for (let step = await items.next(); step.done !== true;) step = await items.next();
}

const boundHandler = (handler: XmlHandler): XmlHandler => ({
  open: (tag) => {
    handler.open(tag);
  },
  close: (name, prefix) => {
    handler.close(name, prefix);
  },
  text: (text) => {
    handler.text(text);
  },
  isDone: () => handler.isDone?.() === true,
});

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
