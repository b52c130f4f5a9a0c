import { readDateStyles, readSharedTexts, readWorkbook } from './sheet-parts.ts';
import { xmlItems, type XmlHandler, type XmlTag } from './xml-events.ts';
import { openZip } from './zip-archive.ts';

export interface SheetRow {
  readonly sheet: string;
  readonly row: number;
  readonly cells: readonly string[];
}

const limits = { entries: 5_000, totalBytes: 2_000_000_000 };
const mostColumns = 200;
const mostCellCharacters = 1_000_000;

/** The rows of all visible sheets of a workbook, one after another; values as text, days as `YYYY-MM-DD`. */
export async function* sheetRows(
  source: string | Buffer,
  totalBytes: number = limits.totalBytes,
): AsyncGenerator<SheetRow> {
  const zip = await openZip(source, { ...limits, totalBytes });
  try {
    const workbook = await readWorkbook(zip);
    const shared = await readSharedTexts(zip);
    const dateStyles = await readDateStyles(zip);
    for (const sheet of workbook.sheets) {
      const handler = new RowHandler(sheet.name, {
        shared,
        dateStyles,
        countsFrom1904: workbook.countsFrom1904,
      });
      yield* xmlItems(await zip.stream(sheet.path), handler);
    }
  } finally {
    zip.close();
  }
}

interface CellFacts {
  readonly shared: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly countsFrom1904: boolean;
}

class RowHandler implements XmlHandler {
  private readonly sheet: string;
  private readonly facts: CellFacts;
  private rows: SheetRow[] = [];
  private row = 0;
  private cells: string[] = [];
  private column = 0;
  private kind = 'n';
  private style = 0;
  private value = '';
  private collects = false;
  private phonetic = 0;

  constructor(sheet: string, facts: CellFacts) {
    this.sheet = sheet;
    this.facts = facts;
  }

  take(): readonly SheetRow[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  open(tag: XmlTag): void {
    switch (tag.name) {
      case 'row':
        this.row = Number(tag.attribute('r') ?? this.row + 1);
        this.cells = [];
        this.column = 0;
        break;
      case 'c':
        this.column = columnOf(tag.attribute('r')) ?? this.column + 1;
        this.kind = tag.attribute('t') ?? 'n';
        this.style = Number(tag.attribute('s') ?? '0');
        this.value = '';
        break;
      case 'rPh':
        this.phonetic += 1;
        break;
      case 'v':
      case 't':
        this.collects = this.phonetic === 0;
        break;
      default:
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.collects = false;
    if (name === 'rPh') this.phonetic -= 1;
    if (name === 'c') this.endCell();
    if (name === 'row' && this.cells.some((cell) => cell !== ''))
      this.rows.push({ sheet: this.sheet, row: this.row, cells: this.cells });
  }

  text(text: string): void {
    if (this.collects && this.value.length + text.length <= mostCellCharacters) this.value += text;
  }

  private endCell(): void {
    if (this.column > mostColumns) return;
    while (this.cells.length < this.column - 1) this.cells.push('');
    this.cells[this.column - 1] = this.textOfCell();
  }

  private textOfCell(): string {
    const { kind, value, facts } = this;
    if (kind === 's') return facts.shared[Number(value)] ?? '';
    if (kind === 'b') return value === '1' ? '是' : '否';
    if (kind === 'e') return '';
    if (kind !== 'n' || value === '' || !facts.dateStyles.has(this.style)) return unescapeText(value);
    return dayOfSerial(Number(value), facts.countsFrom1904) ?? value;
  }
}

/** Excel writes control characters of a text as `_x000D_`. */
const unescapeText = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => {
    const number = Number.parseInt(code, 16);
    return number === 0x0a || number === 0x0d || number === 0x09 ? String.fromCharCode(number) : '';
  });

/** 27 for `AA5`. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const dayMilliseconds = 86_400_000;
/** Day 0 of a workbook; Excel believes in a 29 February 1900, so that days before March 1900 are one off. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

export function dayOfSerial(serial: number, countsFrom1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 1 || serial > 2_958_465) return undefined;
  const epoch = epochs[countsFrom1904 ? 1904 : 1900];
  return new Date(epoch + Math.floor(serial) * dayMilliseconds).toISOString().slice(0, 10);
}
