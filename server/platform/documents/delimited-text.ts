import { Readable } from 'node:stream';

import { parse } from 'csv-parse';

import { AppError } from '../errors.ts';
import { documentError } from './document-error.ts';

export interface TextRow {
  /** The line on which the row ends. */
  readonly line: number;
  readonly cells: readonly string[];
}

const mostRowCharacters = 4_000_000;

/** The sign that stands most often in the first line, outside of quotation marks. */
export function delimiterOf(start: string): string {
  const [first = ''] = start.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const counted = [',', '\t', ';'].map((sign) => ({ sign, count: first.split(sign).length - 1 }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** Rows of CSV or TSV as they stream in; quoted cells may hold line breaks. */
export async function* delimitedRows(
  pieces: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<TextRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: mostRowCharacters,
  });
  const source = Readable.from(pieces);
  // An error of the source must end the parser, or whoever waits for rows would wait for ever.
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: row.info.lines, cells: row.record };
  } catch (error) {
    throw error instanceof AppError ? error : documentError('document.damaged', { cause: error });
  } finally {
    source.destroy();
    parser.destroy();
  }
}
