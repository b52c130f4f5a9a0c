import { documentError } from './document-error.ts';
import { readXml, type XmlTag } from './xml-events.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Texts that cells share are the one thing of a workbook that must be in memory. */
const mostSharedCharacters = 60_000_000;
const mostPartBytes = 400_000_000;
const mostSmallPartBytes = 20_000_000;

export interface SheetPart {
  readonly name: string;
  readonly path: string;
}

export interface Workbook {
  /** In their order, without hidden ones. */
  readonly sheets: readonly SheetPart[];
  readonly countsFrom1904: boolean;
}

export async function readWorkbook(zip: ZipArchive): Promise<Workbook> {
  const targets = await readTargets(zip);
  const sheets: SheetPart[] = [];
  let countsFrom1904 = false;
  await readXml(await zip.read('xl/workbook.xml', mostSmallPartBytes), {
    open: (tag) => {
      if (tag.name === 'workbookPr') countsFrom1904 = ['1', 'true'].includes(tag.attribute('date1904') ?? '');
      if (tag.name !== 'sheet' || (tag.attribute('state') ?? 'visible') !== 'visible') return;
      const path = targets.get(tag.attribute('r:id') ?? tag.attribute('id') ?? '');
      if (path !== undefined && zip.find(path)) sheets.push({ name: tag.attribute('name') ?? '', path });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return { sheets, countsFrom1904 };
}

async function readTargets(zip: ZipArchive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await readXml(await zip.read('xl/_rels/workbook.xml.rels', mostSmallPartBytes), {
    open: (tag) => {
      const target = tag.attribute('Target');
      if (tag.name !== 'Relationship' || target === undefined) return;
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
      targets.set(tag.attribute('Id') ?? '', path);
    },
    close: () => undefined,
    text: () => undefined,
  });
  return targets;
}

/** The shared texts by number. Phonetic guides are no part of a text. */
export async function readSharedTexts(zip: ZipArchive): Promise<readonly string[]> {
  const name = 'xl/sharedStrings.xml';
  const entry = zip.find(name);
  if (!entry) return [];
  if (entry.size > mostPartBytes) throw documentError('document.too-large');
  const texts: string[] = [];
  let [open, inText, phonetic, characters] = ['', false, 0, 0];
  await readXml(await zip.stream(name), {
    open: (tag) => {
      if (tag.name === 'si') open = '';
      if (tag.name === 'rPh') phonetic += 1;
      if (tag.name === 't') inText = phonetic === 0;
    },
    close: (closed) => {
      if (closed === 'rPh') phonetic -= 1;
      if (closed === 't') inText = false;
      if (closed === 'si') texts.push(open);
    },
    text: (text) => {
      if (!inText) return;
      characters += text.length;
      if (characters > mostSharedCharacters) throw documentError('document.too-large');
      open += text;
    },
  });
  return texts;
}

// Formats 14 to 22 and 27 to 58 of the standard and of its Chinese edition are dates, save 37 to 49.
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
/** Year, month or day outside of quoted text and of brackets: `yyyy"年"m"月"`, not `[Red]0.00`. */
const isDateFormat = (code: string): boolean => /[ymd]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** The numbers of the cell styles that show a number as a day. */
export async function readDateStyles(zip: ZipArchive): Promise<ReadonlySet<number>> {
  const name = 'xl/styles.xml';
  if (!zip.find(name)) return new Set();
  const custom = new Set<number>();
  const styles = new Set<number>();
  let [inCellFormats, at] = [false, 0];
  const openFormat = (tag: XmlTag): void => {
    const id = Number(tag.attribute('numFmtId') ?? '0');
    if (isBuiltInDate(id) || custom.has(id)) styles.add(at);
    at += 1;
  };
  await readXml(await zip.read(name, mostSmallPartBytes), {
    open: (tag) => {
      if (tag.name === 'numFmt' && isDateFormat((tag.attribute('formatCode') ?? '').slice(0, 500)))
        custom.add(Number(tag.attribute('numFmtId') ?? '-1'));
      if (tag.name === 'cellXfs') inCellFormats = true;
      if (tag.name === 'xf' && inCellFormats) openFormat(tag);
    },
    close: (closed) => {
      if (closed === 'cellXfs') inCellFormats = false;
    },
    text: () => undefined,
  });
  return styles;
}
