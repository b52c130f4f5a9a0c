import type { RichBlock, Table, TableCell, TableRow } from '../../../contracts/rich-text.ts';
import { richTextLimits } from '../../../contracts/rich-text.ts';

export interface DraftCell {
  readonly isHeader: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  readonly blocks: RichBlock[];
}
export type DraftRow = DraftCell[];

// A ragged table this large is left ragged: filling it up could multiply its size.
const maxFilledArea = 20_000;

const filled = (blocks: RichBlock[]): RichBlock[] => (blocks.length === 0 ? [{ type: 'paragraph' }] : blocks);

class Grid {
  readonly rows: { row: TableRow; used: number }[] = [];
  width = 0;
  private readonly drafts: readonly DraftRow[];
  private readonly widths: readonly number[];
  /** For each column, how many more rows a cell from above reaches into. */
  private readonly reach: number[] = [];
  private last: TableCell | null = null;

  constructor(drafts: readonly DraftRow[], widths: readonly number[]) {
    this.drafts = drafts;
    this.widths = widths;
  }

  place(): void {
    this.drafts.forEach((draft, index) => {
      const reached = this.reach.filter((rows) => rows > 0).length;
      if (draft.length === 0 && reached === 0) return;
      const { cells, columns } = this.placeRow(draft, this.drafts.length - index);
      this.rows.push({ row: { type: 'tableRow', content: cells }, used: reached + columns });
      this.width = Math.max(this.width, this.reach.length);
      for (let column = 0; column < this.reach.length; column += 1) {
        this.reach[column] = Math.max(0, (this.reach[column] ?? 0) - 1);
      }
    });
  }

  private placeRow(draft: DraftRow, rowsLeft: number): { cells: TableCell[]; columns: number } {
    const cells: TableCell[] = [];
    let columns = 0;
    let column = 0;
    for (const cell of draft) {
      while (this.isTaken(column)) column += 1;
      const colspan = this.freeColumns(column, cell.colspan);
      if (colspan === 0) {
        // There is no column left for it: what it says is kept in the cell before it.
        for (const block of cell.blocks) this.last?.content.push(block);
        continue;
      }
      const rowspan = Math.min(Math.max(1, cell.rowspan), rowsLeft);
      for (let offset = 0; offset < colspan; offset += 1) this.reach[column + offset] = rowspan;
      this.last = this.finishCell(cell, { colspan, rowspan, column });
      cells.push(this.last);
      column += colspan;
      columns += colspan;
    }
    return { cells, columns };
  }

  private isTaken(column: number): boolean {
    return (this.reach[column] ?? 0) > 0;
  }

  private freeColumns(from: number, wanted: number): number {
    const most = Math.min(Math.max(1, wanted), richTextLimits.columns - from);
    let free = 0;
    while (free < most && !this.isTaken(from + free)) free += 1;
    return free;
  }

  private finishCell(
    cell: DraftCell,
    { colspan, rowspan, column }: { colspan: number; rowspan: number; column: number },
  ): TableCell {
    const attrs: NonNullable<TableCell['attrs']> = {};
    if (colspan > 1) attrs.colspan = colspan;
    if (rowspan > 1) attrs.rowspan = rowspan;
    const colwidth = Array.from({ length: colspan }, (_, offset) => this.widths[column + offset] ?? 0);
    if (colwidth.some((width) => width > 0)) attrs.colwidth = colwidth;
    const type = cell.isHeader ? 'tableHeader' : 'tableCell';
    const content = filled(cell.blocks);
    return Object.keys(attrs).length === 0 ? { type, content } : { type, attrs, content };
  }
}

/**
 * The rows of a table as a proper grid: spans stay inside the table and do not overlap, and short rows are
 * filled up, because the editor would otherwise repair the table when it is opened.
 */
export function tableFrom(drafts: readonly DraftRow[], widths: readonly number[] = []): Table | null {
  const grid = new Grid(drafts, widths);
  grid.place();
  if (grid.rows.length === 0) return null;
  if (grid.rows.length * grid.width <= maxFilledArea) {
    for (const { row, used } of grid.rows) {
      for (let column = used; column < grid.width; column += 1) {
        row.content?.push({ type: 'tableCell', content: [{ type: 'paragraph' }] });
      }
    }
  }
  return { type: 'table', content: grid.rows.map(({ row }) => row) };
}
