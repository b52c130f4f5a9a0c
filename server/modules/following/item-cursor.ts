import { AppError } from '../../platform/errors.ts';
import type { ItemPlace } from './item.queries.ts';

export function writeItemCursor({ updatedAt, sourceId }: ItemPlace): string {
  return `${String(updatedAt.getTime())}.${sourceId}`;
}

export function readItemCursor(text: string): ItemPlace {
  const [, time, sourceId] = /^(\d{1,15})\.([1-9]\d{0,17})$/.exec(text) ?? [];
  const updatedAt = new Date(Number(time));
  if (sourceId !== undefined && !Number.isNaN(updatedAt.getTime())) return { updatedAt, sourceId };
  throw new AppError('invalid', 'following.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}
