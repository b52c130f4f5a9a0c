import type { Column } from '../../../contracts/sites.ts';

export interface ColumnNode {
  readonly key: string;
  readonly column: Column;
  readonly children?: readonly ColumnNode[];
}

/** The flat list in tree order as a tree; a column whose parent is out of sight stands on top. */
export function columnTree(columns: readonly Column[]): readonly ColumnNode[] {
  const ids = new Set(columns.map(({ id }) => id));
  const childrenOf = (parentId: string | null): readonly ColumnNode[] =>
    columns
      .filter((column) =>
        parentId === null
          ? column.parentId === null || !ids.has(column.parentId)
          : column.parentId === parentId,
      )
      .map((column) => {
        const children = childrenOf(column.id);
        return { key: column.id, column, ...(children.length === 0 ? {} : { children }) };
      });
  return childrenOf(null);
}

/** `政务公开 / 通知公告`, so that two columns of one name can be told apart. */
export function columnTrail(columns: readonly Column[], column: Column): string {
  const parent = columns.find(({ id }) => id === column.parentId);
  return parent === undefined ? column.name : `${columnTrail(columns, parent)} / ${column.name}`;
}

/** A column and everything below it, which cannot become its parent or its source. */
export function withDescendants(columns: readonly Column[], id: string): ReadonlySet<string> {
  const found = new Set([id]);
  // The list is in tree order: a parent comes before its children.
  for (const column of columns)
    if (column.parentId !== null && found.has(column.parentId)) found.add(column.id);
  return found;
}
