import { documentError } from '../documents/document-error.ts';
import { readXml, type XmlHandler } from '../documents/xml-events.ts';
import type { ZipArchive } from '../documents/zip-archive.ts';
import type { Finding } from './document.types.ts';
import type { TextCollector } from './text-collector.ts';

/** What is read of an office document goes into the collector; what is noticed is answered. */
export type ReadParts = (zip: ZipArchive, into: TextCollector) => Promise<readonly Finding[]>;

/** Of one part, unfolded: a page of text has kilobytes. */
const mostPartBytes = 64 * 1024 * 1024;
const ignore = (): void => undefined;

/** Reads a part as it unfolds; one that is not there says nothing. */
async function readPart(zip: ZipArchive, name: string, handler: Partial<XmlHandler>): Promise<void> {
  const part = zip.find(name);
  if (!part) return;
  if (part.size > mostPartBytes) throw documentError('document.too-large');
  await readXml(await zip.stream(name), { open: ignore, text: ignore, close: ignore, ...handler });
}

/** Parts like `ppt/slides/slide10.xml` in the order of their numbers. */
function numbered(zip: ZipArchive, pattern: RegExp): readonly string[] {
  return zip.entries
    .flatMap(({ name }) => {
      const number = pattern.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number)
    .map((one) => one.name);
}

const breaks: Readonly<Record<string, string>> = { tab: '\t', br: '\n', cr: '\n' };
const ends: Readonly<Record<string, string>> = { p: '\n', tc: '\t', tr: '\n' };

/** Words of WordprocessingML and DrawingML alike: text stands in `t`, paragraphs are `p`. */
async function readRuns(zip: ZipArchive, name: string, into: TextCollector): Promise<void> {
  let isText = false;
  await readPart(zip, name, {
    open: ({ name: tag }) => {
      isText = tag === 't';
      into.add(breaks[tag] ?? '');
    },
    text: (text) => {
      if (isText) into.add(text);
    },
    close: (tag) => {
      isText = false;
      into.add(ends[tag] ?? '');
    },
    isDone: () => into.isFull,
  });
}

const hasMacros = (zip: ZipArchive): readonly Finding[] =>
  zip.entries.some(({ name }) => /vbaProject\.bin$/i.test(name)) ? ['macros'] : [];
const hasEmbedded = (zip: ZipArchive): readonly Finding[] =>
  zip.entries.some(({ name }) => /^(?:word|xl|ppt)\/embeddings\//.test(name)) ? ['embedded-files'] : [];

export const readDocx: ReadParts = async (zip, into) => {
  for (const name of ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml']) {
    await readRuns(zip, name, into);
  }
  return [...hasMacros(zip), ...hasEmbedded(zip)];
};

export const readPptx: ReadParts = async (zip, into) => {
  for (const name of numbered(zip, /^ppt\/slides\/slide(\d+)\.xml$/)) await readRuns(zip, name, into);
  return [...hasMacros(zip), ...hasEmbedded(zip)];
};

/** Strings that many cells share; those beyond the bound are left out. */
const mostShared = 2_000_000;

async function sharedStrings(zip: ZipArchive): Promise<readonly string[]> {
  const strings: string[] = [];
  let [current, characters] = ['', 0];
  let [isText, isReading] = [false, false];
  await readPart(zip, 'xl/sharedStrings.xml', {
    open: ({ name: tag }) => {
      if (tag === 'si') current = '';
      // How a word is read stands beside it.
      if (tag === 'rPh') isReading = true;
      isText = tag === 't' && !isReading;
    },
    text: (text) => {
      if (isText) current += text;
    },
    close: (tag) => {
      isText = false;
      if (tag === 'rPh') isReading = false;
      if (tag !== 'si') return;
      strings.push(current);
      characters += current.length;
    },
    isDone: () => characters > mostShared,
  });
  return strings;
}

async function readSheet(
  zip: ZipArchive,
  name: string,
  shared: readonly string[],
  into: TextCollector,
): Promise<void> {
  let [kind, value] = ['', ''];
  let isValue = false;
  await readPart(zip, name, {
    open: (tag) => {
      if (tag.name === 'c') [kind, value] = [tag.attribute('t') ?? '', ''];
      isValue = tag.name === 'v' || (tag.name === 't' && kind === 'inlineStr');
    },
    text: (text) => {
      if (isValue) value += text;
    },
    close: (tag) => {
      isValue = false;
      if (tag === 'row') into.add('\n');
      if (tag !== 'c' || value === '') return;
      into.add(`${kind === 's' ? (shared[Number(value)] ?? '') : value}\t`);
    },
    isDone: () => into.isFull,
  });
}

async function hiddenSheets(zip: ZipArchive): Promise<readonly Finding[]> {
  const found = new Set<Finding>();
  await readPart(zip, 'xl/workbook.xml', {
    open: (tag) => {
      if (tag.name === 'sheet' && (tag.attribute('state') ?? 'visible') !== 'visible')
        found.add('hidden-sheets');
    },
  });
  return [...found];
}

export const readXlsx: ReadParts = async (zip, into) => {
  const hidden = await hiddenSheets(zip);
  const shared = await sharedStrings(zip);
  for (const name of numbered(zip, /^xl\/worksheets\/sheet(\d+)\.xml$/)) {
    await readSheet(zip, name, shared, into);
  }
  return [...hidden, ...hasMacros(zip), ...hasEmbedded(zip)];
};
