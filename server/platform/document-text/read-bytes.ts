import { openZip, type ZipArchive, type ZipLimits } from '../documents/zip-archive.ts';
import { AppError } from '../errors.ts';
import { type DocumentText, type Finding, Unreadable } from './document.types.ts';
import { readDocx, readPptx, type ReadParts, readXlsx } from './read-office.ts';
import { readOfd } from './read-ofd.ts';
import { readPdf } from './read-pdf.ts';
import { readPlain } from './read-plain.ts';
import { type ReadableKind, readableKind } from './readable-types.ts';
import { TextCollector } from './text-collector.ts';

type Read = (bytes: Buffer, into: TextCollector) => Promise<readonly Finding[]>;

const ofDocuments: ZipLimits = { entries: 20_000, totalBytes: 256 * 1024 * 1024 };
/** Of an archive only the names are read. */
const ofArchives: ZipLimits = { entries: 20_000, totalBytes: Infinity };

const ofParts =
  (read: ReadParts, limits = ofDocuments): Read =>
  async (bytes, into) =>
    read(await openZip(bytes, limits), into);

/** An OFD that was called an archive is read as what it is. */
const readArchive: ReadParts = async (zip, into) =>
  zip.find('OFD.xml') ? readOfd(zip, into) : listNames(zip, into);

const programs = /\.(?:exe|com|bat|cmd|scr|msi|vbs|js|jse|wsf|ps1|lnk|jar|dll)$/i;

function listNames(zip: ZipArchive, into: TextCollector): readonly Finding[] {
  for (const { name } of zip.entries) into.add(`${name}\n`);
  return zip.entries.some(({ name }) => programs.test(name)) ? ['programs'] : [];
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
  archive: ofParts(readArchive, ofArchives),
  plain,
};

const findingOf: Readonly<Record<string, Finding>> = {
  'document.encrypted': 'encrypted',
  'document.too-large': 'too-large',
  'document.too-many-files': 'too-large',
  'document.xml-forbidden': 'entities',
};

/** What a reader's failure says of the document. */
export function findingIn(error: unknown): Finding {
  if (error instanceof Unreadable) return error.finding;
  return (error instanceof AppError ? findingOf[error.code] : undefined) ?? 'damaged';
}

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
    return { text: '', findings: [findingIn(error)] };
  }
}
