import { AppError } from './errors.ts';

/** Where a page of a list ended: the instant that sorts it and the id of its last row. */
export interface TimeCursor {
  readonly at: Date;
  readonly id: string;
}

export function writeTimeCursor({ at, id }: TimeCursor): string {
  return `${String(at.getTime())}.${id}`;
}

/** What somebody holds of a place; anything else is refused with the code of the list's module. */
export function readTimeCursor(text: string, code: string): TimeCursor {
  const [, time, id] = /^(\d{1,15})\.([1-9]\d{0,17})$/.exec(text) ?? [];
  const at = new Date(Number(time));
  if (id !== undefined && !Number.isNaN(at.getTime())) return { at, id };
  throw new AppError('invalid', code, '翻页位置无效，请从第一页重新开始。');
}
