import type { Finding } from './document.types.ts';
import type { Zip } from './open-zip.ts';
import { readXml } from './read-xml.ts';
import type { TextCollector } from './text-collector.ts';

/** What is read of an office document goes into the collector; what is noticed is answered. */
export type ReadParts = (zip: Zip, into: TextCollector) => Promise<readonly Finding[]>;

/** Parts like `ppt/slides/slide10.xml` in the order of their numbers. */
function numbered(zip: Zip, pattern: RegExp): readonly string[] {
  return zip.names
    .flatMap((name) => {
      const number = pattern.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number)
    .map((one) => one.name);
}

const breaks: Readonly<Record<string, string>> = { tab: '\t', br: '\n', cr: '\n' };
const ends: Readonly<Record<string, string>> = { p: '\n', tc: '\t', tr: '\n' };

/** Words of WordprocessingML and DrawingML alike: text stands in `t`, paragraphs are `p`. */
async function readRuns(zip: Zip, name: string, into: TextCollector): Promise<void> {
  let isText = false;
  await readXml(zip.read(name), {
    onOpen: (tag) => {
      isText = tag === 't';
      into.add(breaks[tag] ?? '');
    },
    onText: (text) => {
      if (isText) into.add(text);
    },
    onClose: (tag) => {
      isText = false;
      into.add(ends[tag] ?? '');
    },
    isDone: () => into.isFull,
  });
}

const hasMacros = (zip: Zip): readonly Finding[] =>
  zip.names.some((name) => /vbaProject\.bin$/i.test(name)) ? ['macros'] : [];
const hasEmbedded = (zip: Zip): readonly Finding[] =>
  zip.names.some((name) => /^(?:word|xl|ppt)\/embeddings\//.test(name)) ? ['embedded-files'] : [];

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

async function sharedStrings(zip: Zip): Promise<readonly string[]> {
  const strings: string[] = [];
  let [current, characters] = ['', 0];
  let [isText, isReading] = [false, false];
  await readXml(zip.read('xl/sharedStrings.xml'), {
    onOpen: (tag) => {
      if (tag === 'si') current = '';
      // How a word is read stands beside it.
      if (tag === 'rPh') isReading = true;
      isText = tag === 't' && !isReading;
    },
    onText: (text) => {
      if (isText) current += text;
    },
    onClose: (tag) => {
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
  zip: Zip,
  name: string,
  shared: readonly string[],
  into: TextCollector,
): Promise<void> {
  let [kind, value] = ['', ''];
  let isValue = false;
  await readXml(zip.read(name), {
    onOpen: (tag, attributes) => {
      if (tag === 'c') [kind, value] = [attributes['t'] ?? '', ''];
      isValue = tag === 'v' || (tag === 't' && kind === 'inlineStr');
    },
    onText: (text) => {
      if (isValue) value += text;
    },
    onClose: (tag) => {
      isValue = false;
      if (tag === 'row') into.add('\n');
      if (tag !== 'c' || value === '') return;
      into.add(`${kind === 's' ? (shared[Number(value)] ?? '') : value}\t`);
    },
    isDone: () => into.isFull,
  });
}

async function hiddenSheets(zip: Zip): Promise<readonly Finding[]> {
  const found = new Set<Finding>();
  await readXml(zip.read('xl/workbook.xml'), {
    onOpen: (tag, attributes) => {
      if (tag === 'sheet' && (attributes['state'] ?? 'visible') !== 'visible') found.add('hidden-sheets');
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
