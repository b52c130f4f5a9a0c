import { SaxesParser } from 'saxes';

import { Unreadable } from './document.types.ts';

export interface XmlEars {
  /** Names come without their prefix. */
  readonly onOpen?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly onText?: (text: string) => void;
  readonly onClose?: (name: string) => void;
  /** True: nothing more is wanted. */
  readonly isDone?: () => boolean;
}

const deepest = 256;
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML as it comes, in little memory. What declares a document type is refused: parts of office documents have
 * none, and whoever declares entities wants files or memory of ours.
 */
export async function readXml(chunks: AsyncIterable<Buffer>, ears: XmlEars): Promise<void> {
  const decoder = new TextDecoder('utf-8');
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let isThere = false;
  parser.on('doctype', () => {
    throw new Unreadable('entities');
  });
  parser.on('error', (error) => {
    throw new Unreadable('damaged', { cause: error });
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) throw new Unreadable('too-large');
    ears.onOpen?.(localName(name), attributes);
  });
  parser.on('text', (text) => ears.onText?.(text));
  parser.on('cdata', (text) => ears.onText?.(text));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    ears.onClose?.(localName(name));
  });
  for await (const chunk of chunks) {
    isThere = true;
    parser.write(decoder.decode(chunk, { stream: true }));
    if (ears.isDone?.() === true) return;
  }
  // A part that is not there says nothing; an empty one is no XML.
  if (isThere) parser.write(decoder.decode()).close();
}
