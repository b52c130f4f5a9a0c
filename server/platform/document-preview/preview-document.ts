import { stat } from 'node:fs/promises';

import { plainBytes, type ReadingBounds, readingBounds } from '../document-text/read-document.ts';
import { askInCage, programBeside } from '../documents/caged-process.ts';
import type { PreviewOrder } from './make-preview.ts';
import { type DocumentPreview, noPreview } from './preview.types.ts';

const program = programBeside(import.meta.url, 'preview-process');

/** The beginning of a stored document, made in a cage. Throws only when the file is not there. */
export async function previewDocument(
  path: string,
  mediaType: string,
  bounds: ReadingBounds = readingBounds,
): Promise<DocumentPreview> {
  const { size } = await stat(path);
  const isPlain = mediaType.startsWith('text/');
  if (!isPlain && size > bounds.fileBytes) return noPreview('too-large');
  const order: PreviewOrder = { path, mediaType, mostBytes: isPlain ? plainBytes : bounds.fileBytes };
  const answer = await askInCage<DocumentPreview>({ program, bounds, needsAddons: true }, order);
  return typeof answer === 'string' ? noPreview(answer) : answer;
}
