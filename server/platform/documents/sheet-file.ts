import { Readable } from 'node:stream';

import { type SheetToWrite, writeDelimited, writeSheet } from './sheet-writer.ts';

/** A table on its way to somebody's computer. */
export interface SheetFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Readable;
}

export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const mediaTypes = { csv: 'text/csv; charset=utf-8', xlsx: xlsxMediaType } as const;

export function sheetFile(sheet: SheetToWrite, form: keyof typeof mediaTypes): SheetFile {
  return {
    fileName: `${sheet.name}.${form}`,
    mediaType: mediaTypes[form],
    content: form === 'xlsx' ? writeSheet(sheet) : Readable.from(writeDelimited(sheet)),
  };
}

/** The header by which a browser saves an answer under its name. */
export const dispositionOf = ({ fileName }: Pick<SheetFile, 'fileName'>): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
