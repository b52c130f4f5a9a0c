import { stat } from 'node:fs/promises';

import { askInCage, type CageBounds, programBeside } from '../documents/caged-process.ts';
import type { DocumentText, Finding } from './document.types.ts';
import type { ReadOrder } from './reader-process.ts';

export interface ReadingBounds extends CageBounds {
  /** Larger documents are not opened; of plain text the beginning is read. */
  readonly fileBytes: number;
}

export const readingBounds: ReadingBounds = {
  milliseconds: 60_000,
  residentBytes: 1_200 * 1024 * 1024,
  heapMegabytes: 512,
  fileBytes: 100 * 1024 * 1024,
};

export const plainBytes = 4 * 1024 * 1024;

const program = programBeside(import.meta.url, 'reader-process');

/** The words of a stored file, read in a cage. Throws only when the file is not there. */
export async function readDocument(
  path: string,
  mediaType: string,
  bounds: ReadingBounds = readingBounds,
): Promise<DocumentText> {
  const { size } = await stat(path);
  const isPlain = mediaType.startsWith('text/');
  if (!isPlain && size > bounds.fileBytes) return unread('too-large');
  const order: ReadOrder = { path, mediaType, mostBytes: isPlain ? plainBytes : bounds.fileBytes };
  const answer = await askInCage<DocumentText>({ program, bounds }, order);
  return typeof answer === 'string' ? unread(answer) : answer;
}

const unread = (finding: Finding): DocumentText => ({ text: '', findings: [finding] });
