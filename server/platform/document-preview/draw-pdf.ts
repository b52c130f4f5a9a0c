import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

import type { Finding } from '../document-text/document.types.ts';
import { openPdf, pageText } from '../document-text/open-pdf.ts';
import { previewOfLines } from './beginning.ts';
import { createGlyphLook, type GlyphLook } from './glyph-look.ts';
import { type DocumentPreview, type DrawnPage, noPreview } from './preview.types.ts';

/** The first pages tell what a document is; who needs the rest opens it. */
export const mostPages = 10;
const pageWidth = 1_000;
/** A page of paper has 1.4 million at this width; one that is oddly tall is drawn smaller. */
const mostPixels = 2_500_000;
const webpQuality = 78;
/** What was drawn until then is the preview. */
const patienceMilliseconds = 30_000;
/** Letters of a page that are tried, of those that come without their font. */
const mostTried = 40;

/**
 * The first pages of a PDF as pictures. Fonts that are not in the file are replaced by those of the machine; where it
 * has none that knows the letters, the words are shown in place of pages full of empty boxes.
 */
export async function drawPdf(
  bytes: Buffer,
  canDraw: GlyphLook = createGlyphLook(),
): Promise<DocumentPreview> {
  const document = await openPdf(bytes);
  const until = performance.now() + patienceMilliseconds;
  const pages: DrawnPage[] = [];
  const findings = new Set<Finding>();
  const last = Math.min(document.numPages, mostPages);
  for (let number = 1; number <= last; number += 1) {
    if (performance.now() > until) {
      findings.add('took-too-long');
      break;
    }
    const drawn = await drawPage(document, number, canDraw).catch(() => undefined);
    if (drawn === undefined) {
      findings.add('damaged');
      break;
    }
    if (drawn.fonts === 'missing') return wordsOf(document, last);
    if (drawn.fonts === 'substituted') findings.add('fonts-substituted');
    pages.push(drawn.page);
  }
  if (pages.length === 0) return noPreview([...findings][0] ?? 'damaged');
  const totalPages = document.numPages;
  return { kind: 'pages', pages, totalPages, isWhole: pages.length === totalPages, findings: [...findings] };
}

interface Drawn {
  readonly page: DrawnPage;
  readonly fonts: 'own' | 'substituted' | 'missing';
}

async function drawPage(document: PDFDocumentProxy, number: number, canDraw: GlyphLook): Promise<Drawn> {
  const page = await document.getPage(number);
  const own = page.getViewport({ scale: 1 });
  const scale = Math.min(pageWidth / own.width, Math.sqrt(mostPixels / (own.width * own.height)));
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = createCanvas(width, height);
  await page.render({ canvas: asElement(canvas), viewport }).promise;
  const fonts = await fontsOf(page, canDraw);
  const bytes = await canvas.encode('webp', webpQuality);
  page.cleanup();
  // What was drawn is given back at once, not when somebody collects it.
  canvas.width = 0;
  return { page: { width, height, bytes: new Uint8Array(bytes) }, fonts };
}

/** The library draws on whatever draws like the canvas of a browser. */
const asElement = (canvas: Canvas): HTMLCanvasElement => canvas as unknown as HTMLCanvasElement;

async function fontsOf(page: PDFPageProxy, canDraw: GlyphLook): Promise<Drawn['fonts']> {
  const letters = new Set<string>();
  const { items } = await page.getTextContent();
  for (const item of items) {
    if (!('str' in item) || letters.size >= mostTried || !lacksFont(page, item.fontName)) continue;
    for (const letter of item.str.replaceAll(/\s/gu, '')) letters.add(letter);
  }
  if (letters.size === 0) return 'own';
  return [...letters].slice(0, mostTried).every(canDraw) ? 'substituted' : 'missing';
}

function lacksFont(page: PDFPageProxy, name: string): boolean {
  if (!page.commonObjs.has(name)) return false;
  const font = page.commonObjs.get(name) as { readonly missingFile?: boolean } | null;
  return font?.missingFile === true;
}

async function wordsOf(document: PDFDocumentProxy, last: number): Promise<DocumentPreview> {
  const lines: string[] = [];
  for (let number = 1; number <= last; number += 1) {
    const page = await document.getPage(number);
    lines.push(...(await pageText(page)).split('\n'));
    page.cleanup();
  }
  const isWhole = last === document.numPages;
  const preview = previewOfLines(lines, ['fonts-missing']);
  return { ...preview, isWhole: preview.isWhole && isWhole };
}
