import type { RichInline } from '../../../contracts/rich-text.ts';
import type { OfficeEntry } from './html-blocks.ts';

const decimalMarker = /^(\d{1,6})[.．、)）]?$/;
const bulletMarker = /^[\p{Co}\p{So}\p{Sm}·•●○◆◇■□▪▫§※★☆►➢➤✓✔Øoulnv*-]$/u;
const typedBullet = /^[·•●○◆◇■□▪▫§►➢➤✓✔\p{Co}] /u;

/**
 * How to show a list paragraph with this marker. Only bullets and plain numbers become lists: `一、`, `（一）`
 * or `第一条` are part of what an official document says and stay in its text.
 */
export function officeEntryOf(level: number, marker: string | null): OfficeEntry | null {
  if (marker === null || marker === '' || bulletMarker.test(marker)) {
    return { level, isOrdered: false, start: 1 };
  }
  const start = decimalMarker.exec(marker)?.[1];
  return start === undefined ? null : { level, isOrdered: true, start: Number(start) };
}

/** The same for a list paragraph whose bullet is typed into the text; takes the bullet away. */
export function typedMarkerOf(line: RichInline[]): OfficeEntry | null {
  const [first] = line;
  if (first?.type !== 'text' || !typedBullet.test(first.text)) return null;
  first.text = first.text.replace(typedBullet, '');
  if (first.text === '') line.shift();
  return { level: 1, isOrdered: false, start: 1 };
}
