import type { PDFDocumentProxy } from 'pdfjs-dist';

import type { Finding } from './document.types.ts';
import { openPdf, pageText } from './open-pdf.ts';
import type { TextCollector } from './text-collector.ts';

const mostPages = 3_000;

/** The library asks for the class as it loads, for drawing; nothing is drawn here. */
function NoMatrix(): void {
  // Made and never asked anything.
}

/** A PDF's words, page by page. Nothing in it is run, and nothing that it names is fetched. */
export async function readPdf(bytes: Buffer, into: TextCollector): Promise<readonly Finding[]> {
  if (!('DOMMatrix' in globalThis)) Object.assign(globalThis, { DOMMatrix: NoMatrix });
  const document = await openPdf(bytes);
  const found = await noticedIn(document);
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && !into.isFull; number += 1) {
    const page = await document.getPage(number);
    into.add(`${await pageText(page)}\n`);
    page.cleanup();
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
