import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { PDFDocumentProxy } from 'pdfjs-dist';

import { type Finding, Unreadable } from './document.types.ts';
import { joinLines, Lines, type TextCollector } from './text-collector.ts';

const mostPages = 3_000;

/** The library asks for the class as it loads, for drawing; nothing is drawn here. */
function NoMatrix(): void {
  // Made and never asked anything.
}

/** A PDF's words, page by page. Nothing in it is run, and nothing that it names is fetched. */
export async function readPdf(bytes: Buffer, into: TextCollector): Promise<readonly Finding[]> {
  if (!('DOMMatrix' in globalThis)) Object.assign(globalThis, { DOMMatrix: NoMatrix });
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data: new Uint8Array(bytes),
    // Old Chinese documents name their characters by tables that are not in the file.
    cMapUrl: `${join(home, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise.catch((error: unknown) => {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new Unreadable(isLocked ? 'encrypted' : 'damaged', { cause: error });
  });
  const found = await noticedIn(document);
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && !into.isFull; number += 1) {
    into.add(`${await pageText(document, number)}\n`);
  }
  return found;
}

async function noticedIn(document: PDFDocumentProxy): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  if (await document.hasJSActions()) found.push('scripts');
  const attachments: unknown = await document.getAttachments();
  if (attachments !== null && attachments !== undefined) found.push('embedded-files');
  return found;
}

async function pageText(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const lines = new Lines();
  for (const item of items) {
    if (!('str' in item)) continue;
    lines.add(item.str);
    if (item.hasEOL) lines.begin();
  }
  page.cleanup();
  return joinLines(lines.all);
}
