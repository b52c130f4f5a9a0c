import type { ImportFormat } from '../../../contracts/intake.ts';
import type { DocumentConverter } from '../../platform/documents/document-converter.ts';
import type { IntakeRecord } from './intake.types.ts';
import { readDocuments } from './read-documents.ts';
import { readLines } from './read-lines.ts';
import { readDelimited, readSheets } from './read-tables.ts';
import { readWxr } from './read-wxr.ts';

export interface RecordSource {
  readonly path: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly converter: DocumentConverter;
}

/** The records of a file in its order, after the first `from`: every run of the same file gives the same ones. */
export async function* readRecords(source: RecordSource, from = 0): AsyncGenerator<IntakeRecord> {
  if (source.format === 'documents') {
    yield* readDocuments(source, from);
    return;
  }
  let number = 0;
  for await (const record of readerOf(source)) {
    number += 1;
    if (number > from) yield record;
    // Others wait for the same converter; parsing alone would not let them in.
    if (number % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function readerOf({ format, path }: RecordSource): AsyncGenerator<IntakeRecord> {
  switch (format) {
    case 'jsonl':
      return readLines(path);
    case 'csv':
      return readDelimited(path);
    case 'xlsx':
      return readSheets(path);
    case 'wxr':
      return readWxr(path);
    case 'documents':
      throw new Error('documents are read apart');
  }
}
