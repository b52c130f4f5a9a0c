import { type DocumentText, type Finding, Unreadable } from './document.types.ts';
import { openZip, type Zip } from './open-zip.ts';
import { readDocx, readPptx, type ReadParts, readXlsx } from './read-office.ts';
import { ofdRoot, readOfd } from './read-ofd.ts';
import { readPdf } from './read-pdf.ts';
import { readPlain } from './read-plain.ts';
import { type ReadableKind, readableKind } from './readable-types.ts';
import { TextCollector } from './text-collector.ts';

type Read = (bytes: Buffer, into: TextCollector) => Promise<readonly Finding[]>;

const ofParts =
  (read: ReadParts): Read =>
  async (bytes, into) =>
    read(await openZip(bytes), into);

/** An OFD that was called an archive is read as what it is. */
const readArchive: Read = async (bytes, into) => {
  const zip = await openZip(bytes);
  return zip.has(ofdRoot) ? readOfd(zip, into) : listNames(zip, into);
};

const programs = /\.(?:exe|com|bat|cmd|scr|msi|vbs|js|jse|wsf|ps1|lnk|jar|dll)$/i;

function listNames(zip: Zip, into: TextCollector): readonly Finding[] {
  for (const name of zip.names) into.add(`${name}\n`);
  return zip.names.some((name) => programs.test(name)) ? ['programs'] : [];
}

const plain: Read = (bytes, into) => {
  readPlain(bytes, into);
  return Promise.resolve([]);
};

const readers: Readonly<Record<ReadableKind, Read>> = {
  pdf: readPdf,
  docx: ofParts(readDocx),
  xlsx: ofParts(readXlsx),
  pptx: ofParts(readPptx),
  archive: readArchive,
  plain,
};

/** The words of a document: only to be called where memory and time are bounded by somebody else. */
export async function readBytes(bytes: Buffer, mediaType: string): Promise<DocumentText> {
  const kind = readableKind(mediaType);
  if (kind === undefined) return { text: '', findings: [] };
  const read = readers[kind];
  const into = new TextCollector();
  try {
    const found = await read(bytes, into);
    const findings: Finding[] = [...found, ...(into.isFull ? (['too-long'] as const) : [])];
    return { text: into.text(), findings };
  } catch (error) {
    return { text: '', findings: [error instanceof Unreadable ? error.finding : 'damaged'] };
  }
}
