import { countBelow } from './text-spans.rules.ts';

/** What stands around a place of a text: the words before it, its line, the heading of its column. */
export interface Surroundings {
  /** What a number is called, in so far as it is said before it or on top of its column. */
  readonly label: (start: number) => string;
  /** So many characters before and after, of the same line; a tab stands for the place itself. */
  readonly around: (start: number, end: number, reach: Reach) => string;
}

export interface Reach {
  readonly back: number;
  readonly ahead: number;
}

/** A line of a text. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** How many borders of cells there are in the text before it. */
  readonly tabsBefore: number;
  /** The first line of the table that it belongs to; -1 outside of tables. */
  readonly tableHead: number;
}

const labelReach = 24;
/** Longer headings are sentences. */
const longestHeading = 30;
/** Tables have a title and two rows of headings at most. */
const headingRows = 3;

/** Cells of a row stand apart by tabs. Every answer costs the same, however long the text is. */
export function surroundingsOf(text: string): Surroundings {
  const tabs = placesOf(text, '\t');
  const lines = linesOf(text, tabs);
  const starts = lines.map((line) => line.start);
  const lineNumber = (place: number): number => countBelow(starts, place + 1) - 1;
  const cellOf = ({ start, end, tabsBefore }: Line, column: number): string => {
    const border = tabs[tabsBefore + column - 1] ?? end;
    const from = column === 0 ? start : border + 1;
    const to = Math.min(end, tabs[tabsBefore + column] ?? end);
    return to - from > longestHeading ? '' : text.slice(from, Math.max(from, to));
  };
  const headingsAbove = (place: number): string => {
    const at = lineNumber(place);
    const line = lines[at];
    if (!line || line.tableHead < 0) return '';
    const column = countBelow(tabs, place) - line.tabsBefore;
    return lines
      .slice(line.tableHead, Math.min(at, line.tableHead + headingRows))
      .map((row) => cellOf(row, column))
      .filter((heading) => !/\d{4}/.test(heading))
      .join(' ');
  };
  return {
    label: (start) => {
      const before = text.slice(Math.max(0, start - labelReach), start);
      const said = /[^。；;!！?？\n\t]*$/u.exec(before)?.[0] ?? '';
      const nearest = said.replace(/[\s:：为是\-—–"“'(（【[+]+$/u, '');
      return `${headingsAbove(start)} ${nearest}`.trim();
    },
    around: (start, end, { back, ahead }) => {
      const line = lines[lineNumber(start)];
      const from = Math.max(line?.start ?? 0, start - back);
      const to = Math.min(line?.end ?? end, end + ahead);
      return `${text.slice(from, start)}\t${text.slice(end, Math.max(end, to))}`;
    },
  };
}

function placesOf(text: string, sign: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) places.push(at);
  return places;
}

function linesOf(text: string, tabs: readonly number[]): readonly Line[] {
  const lines: Line[] = [];
  let tabsBefore = 0;
  let start = 0;
  for (const end of [...placesOf(text, '\n'), text.length]) {
    const tabsWithin = countBelow(tabs, end) - tabsBefore;
    const before = lines.at(-1)?.tableHead ?? -1;
    const tableHead = tabsWithin === 0 ? -1 : before >= 0 ? before : lines.length;
    lines.push({ start, end, tabsBefore, tableHead });
    tabsBefore += tabsWithin;
    start = end + 1;
  }
  return lines;
}
