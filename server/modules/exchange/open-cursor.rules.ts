import { AppError } from '../../platform/errors.ts';

const broken = (): AppError =>
  new AppError('invalid', 'exchange.cursor-wrong', '翻页位置无效，请从第一页重新开始。');

const write = (text: string): string => Buffer.from(text).toString('base64url');

/** What others hold of a place is opaque, and looked at again whenever it comes back. */
function read(cursor: string, form: RegExp): readonly string[] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const parts = form.exec(text);
  // Only what was written here: the same place has one name.
  if (!parts || write(text) !== cursor) throw broken();
  return parts.slice(1);
}

export type ListSort = 'published' | 'updated';

export interface ListPlace {
  readonly at: Date;
  readonly id: string;
}

const lastInstant = 8_640_000_000_000_000;

export function writeListCursor(sort: ListSort, order: 'asc' | 'desc', place: ListPlace): string {
  return write(`${sort} ${order} ${String(place.at.getTime())} ${place.id}`);
}

/** Refuses a place of a list that was sorted otherwise. */
export function readListCursor(cursor: string, sort: ListSort, order: 'asc' | 'desc'): ListPlace {
  const form = /^(published|updated) (asc|desc) (\d{1,16}) ([1-9]\d{0,17})$/;
  const [wasSort, wasOrder, time = '', id = ''] = read(cursor, form);
  if (wasSort !== sort || wasOrder !== order || Number(time) > lastInstant) throw broken();
  return { at: new Date(Number(time)), id };
}

/** Hits are paged by number: relevance has no key to go on from. */
export function writeHitsCursor(page: number): string {
  return write(`hits ${String(page)}`);
}

export function readHitsCursor(cursor: string): number {
  return Number(read(cursor, /^hits ([1-9]\d{0,3})$/)[0]);
}

export function writeChangeCursor(position: string): string {
  return write(`change ${position}`);
}

export function readChangeCursor(cursor: string): string {
  return read(cursor, /^change (0|[1-9]\d{0,17})$/)[0] ?? '0';
}
