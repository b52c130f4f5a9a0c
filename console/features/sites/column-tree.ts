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
