import { attributeOf, walkTree, type HtmlElement, type HtmlFragment } from './html-tree.ts';

export interface TreeScan {
  /** Tables that only arrange a page: their cells are read one after the other. */
  readonly layoutTables: ReadonlySet<HtmlElement>;
  /** The highest heading that occurs, 1–9; it becomes our highest. */
  readonly topHeading: number;
}

interface OpenTable {
  element: HtmlElement;
  holdsTable: boolean;
  cells: number;
  fullCellsInRow: number;
  wideRows: number;
  isCellFull: boolean;
  isOurs: boolean;
}

const isCell = (name: string): boolean => name === 'td' || name === 'th';

class Scanner {
  readonly layoutTables = new Set<HtmlElement>();
  topHeading = 9;
  private readonly tables: OpenTable[] = [];

  enter(element: HtmlElement): boolean {
    const name = element.tagName;
    if (name === 'table') this.openTable(element);
    const table = this.tables.at(-1);
    if (table !== undefined && name === 'tr') table.fullCellsInRow = 0;
    if (table !== undefined && isCell(name)) {
      table.cells += 1;
      table.isCellFull = false;
    }
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined) this.topHeading = Math.min(this.topHeading, Number(level));
    return true;
  }

  leave(element: HtmlElement): void {
    const table = this.tables.at(-1);
    if (table === undefined) return;
    const name = element.tagName;
    if (isCell(name) && table.isCellFull) table.fullCellsInRow += 1;
    if (name === 'tr' && table.fullCellsInRow > 1) table.wideRows += 1;
    if (name === 'table') this.closeTable(table);
  }

  text(text: string): void {
    const table = this.tables.at(-1);
    if (table !== undefined && !table.isCellFull && text.trim() !== '') table.isCellFull = true;
  }

  private openTable(element: HtmlElement): void {
    const outer = this.tables.at(-1);
    if (outer !== undefined) outer.holdsTable = true;
    const parent = element.parentNode;
    const isOurs =
      parent !== null &&
      'tagName' in parent &&
      attributeOf(parent, 'class')?.split(/\s+/).includes('table-scroll') === true;
    this.tables.push({
      element,
      holdsTable: false,
      cells: 0,
      fullCellsInRow: 0,
      wideRows: 0,
      isCellFull: false,
      isOurs,
    });
  }

  private closeTable(table: OpenTable): void {
    this.tables.pop();
    const outer = this.tables.at(-1);
    if (outer !== undefined && table.cells > 0) outer.isCellFull = true;
    const isLayout = table.holdsTable ? table.wideRows < 2 : table.cells === 1 && !table.isOurs;
    if (isLayout) this.layoutTables.add(table.element);
  }
}

/** Looks at the whole tree once for what must be known before the first block is made. */
export function scanTree(root: HtmlFragment): TreeScan {
  const scanner = new Scanner();
  walkTree(root, {
    enter: (element) => scanner.enter(element),
    leave: (element) => {
      scanner.leave(element);
    },
    text: (text) => {
      scanner.text(text);
    },
  });
  return { layoutTables: scanner.layoutTables, topHeading: scanner.topHeading };
}
