import { numberFrom, numeral } from './chinese-number.ts';

export type Division = 'part' | 'subpart' | 'chapter' | 'section';
export const divisions: readonly Division[] = ['part', 'subpart', 'chapter', 'section'];

export type LawLine =
  | { kind: 'division'; division: Division; number: number; label: string; title: string }
  | { kind: 'heading'; depth: number; title: string }
  | { kind: 'article'; number: string; label: string; text: string }
  | { kind: 'table'; line: string }
  | { kind: 'text'; text: string };

const divisionNames: Readonly<Record<string, Division>> = {
  编: 'part',
  分编: 'subpart',
  章: 'chapter',
  节: 'section',
};
const divisionStart = new RegExp(`^(第(${numeral})(分编|编|章|节))(?:\\s+(.*)|(.*))$`, 'u');
const articleStart = new RegExp(`^(第(${numeral})条(?:之(${numeral}))?)(?=$|\\s|【|［)\\s*(.*)$`, 'u');
const articleTitle = /^(【[^】]{1,60}】|［[^］]{1,60}］)\s*(.*)$/u;
const ignorable = /[\u200b-\u200f\u2060\ufeff]/gu;
const longestBareTitle = 40;

/** `总 则` was spaced out to look wide; the title is 总则. */
const closeUp = (title: string): string =>
  /^(?:\p{Script=Han}\s+)+\p{Script=Han}$/u.test(title)
    ? title.replaceAll(/\s+/gu, '')
    : title.replaceAll(/\s+/gu, ' ');

function readDivision(text: string, isMarked: boolean): LawLine | null {
  const [, label, numerals, name, spaced, joined] = divisionStart.exec(text) ?? [];
  const division = divisionNames[name ?? ''];
  const number = numberFrom(numerals ?? '');
  if (label === undefined || division === undefined || number === null) return null;
  const title = (spaced ?? joined ?? '').trim();
  // Without a mark, a sentence that begins with 第七节 is no heading.
  if (!isMarked && (title.length > longestBareTitle || /[，。；：、]/u.test(title))) return null;
  return { kind: 'division', division, number, label, title: closeUp(title) };
}

function readArticle(text: string): LawLine | null {
  const [, label, main, sub, rest] = articleStart.exec(text) ?? [];
  const number = numberFrom(main ?? '');
  if (label === undefined || number === null) return null;
  const subNumber = sub === undefined ? null : numberFrom(sub);
  const [, title, afterTitle] = articleTitle.exec(rest ?? '') ?? [];
  return {
    kind: 'article',
    number: subNumber === null ? `${number}` : `${number}-${subNumber}`,
    label: title === undefined ? label : `${label} ${title}`,
    text: (title === undefined ? rest : afterTitle) ?? '',
  };
}

function readLine(raw: string): LawLine | null {
  const text = raw.replace(ignorable, '').trim();
  if (text === '' || /^<!--.*-->$/u.test(text)) return null;
  if (text.startsWith('|')) return { kind: 'table', line: text };
  const [, hashes, marked] = /^(#{1,6})\s+(.*)$/u.exec(text) ?? [];
  if (hashes !== undefined && marked !== undefined) {
    return readDivision(marked, true) ?? { kind: 'heading', depth: hashes.length, title: closeUp(marked) };
  }
  return readArticle(text) ?? readDivision(text, false) ?? { kind: 'text', text };
}

/** A legal text line by line: what each line is in the structure of a law. */
export function readLawLines(body: string): LawLine[] {
  const lines = body.split(/\r\n?|\n/).map(readLine);
  return withoutContents(lines.filter((line) => line !== null));
}

const keyOf = (line: LawLine): string | null =>
  line.kind === 'division' ? `${line.label}${line.title}`.replaceAll(/\s/gu, '') : null;

/**
 * Drops a table of contents: before the first article the first heading comes again, and every heading up to
 * there comes again later.
 */
function withoutContents(lines: LawLine[]): LawLine[] {
  const firstArticle = lines.findIndex((line) => line.kind === 'article');
  const opening = lines.slice(0, firstArticle === -1 ? lines.length : firstArticle).map(keyOf);
  const from = opening.findIndex((key) => key !== null);
  const until = opening.lastIndexOf(opening[from] ?? null);
  if (from === -1 || until <= from) return lines;
  const later = new Set(lines.slice(until).map(keyOf));
  return lines.filter((line, index) => {
    if (index >= until) return true;
    const key = keyOf(line);
    return key === null ? !isContentsTitle(line) : !later.has(key);
  });
}

const isContentsTitle = (line: LawLine): boolean => line.kind === 'text' && /^目\s*[录次]$/u.test(line.text);
