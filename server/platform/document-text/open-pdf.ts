import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

import { Unreadable } from './document.types.ts';
import { joinLines, Lines } from './text-collector.ts';

/** Larger pictures inside a document are left out: each of their pixels takes four bytes. */
const mostPicturePixels = 40_000_000;

/** Nothing in the document is run, and nothing that it names is fetched. */
export async function openPdf(bytes: Buffer): Promise<PDFDocumentProxy> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data: new Uint8Array(bytes),
    // Old Chinese documents name their characters by tables that are not in the file.
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    wasmUrl: `${join(home, 'wasm')}/`,
    iccUrl: `${join(home, 'iccs')}/`,
    maxImageSize: mostPicturePixels,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  return task.promise.catch((error: unknown) => {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new Unreadable(isLocked ? 'encrypted' : 'damaged', { cause: error });
  });
}

/** The words of a page as running text. */
export async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  const lines = new Lines();
  for (const item of items) {
    if (!('str' in item)) continue;
    lines.add(item.str);
    if (item.hasEOL) lines.begin();
  }
  return joinLines(lines.all);
}
