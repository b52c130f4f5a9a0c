import { AppError } from '../../platform/errors.ts';

/** Where a page of a list ended: the sort key and the id of its last row. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

export function writeCursor(cursor: Cursor): string {
  return `${String(cursor.at.getTime())}.${cursor.id}`;
}

export function readCursor(text: string): Cursor {
  const match = /^(\d{1,15})\.([1-9]\d{0,17})$/.exec(text);
  const at = new Date(Number(match?.[1]));
  const id = match?.[2];
  if (id === undefined || Number.isNaN(at.getTime())) {
    throw new AppError('invalid', 'library.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  return { at, id };
}
