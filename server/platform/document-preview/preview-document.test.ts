import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDocx, anOfd, aPdf, aPptx, zipOf } from '../../../test/factories/archives.ts';
import { aDocx as aWordFile, aWorkbook, wordParagraph } from '../../../test/factories/documents.ts';
import { aChinesePdf } from '../../../test/factories/pdfs.ts';
import { type ReadingBounds, readingBounds } from '../document-text/read-document.ts';
import { plainText } from '../rich-text/index.ts';
import { drawPdf } from './draw-pdf.ts';
import { makePreview } from './make-preview.ts';
import { previewDocument } from './preview-document.ts';
import type { DocumentPreview } from './preview.types.ts';

const openXml = 'application/vnd.openxmlformats-officedocument';
const docx = `${openXml}.wordprocessingml.document`;
const xlsx = `${openXml}.spreadsheetml.sheet`;
const pptx = `${openXml}.presentationml.presentation`;
const ofd = 'application/ofd';
const pdf = 'application/pdf';
const csv = 'text/csv; charset=utf-8';

describe('the first pages of a document', { timeout: 60_000 }, () => {
  let directory = '';
  let serial = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-previews-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const stored = async (bytes: Buffer | string): Promise<string> => {
    const path = join(directory, String((serial += 1)));
    await writeFile(path, bytes);
    return path;
  };
  const caged = async (bytes: Buffer, mediaType: string, bounds: Partial<ReadingBounds> = {}) =>
    previewDocument(await stored(bytes), mediaType, { ...readingBounds, ...bounds });
  /** What runs in the cage, without it: a process for each document costs half a second. */
  const preview = async (bytes: Buffer | string, mediaType: string): Promise<DocumentPreview> =>
    makePreview({ path: await stored(bytes), mediaType, mostBytes: readingBounds.fileBytes });
  const textOf = (made: DocumentPreview): string => (made.kind === 'text' ? plainText(made.body) : '');

  it('of a PDF are drawn, the first ten, and it is told how many there are', async () => {
    const made = await caged(aChinesePdf(Array.from({ length: 12 }, (_, at) => `第${at + 1}页`)), pdf);
    if (made.kind !== 'pages') throw new Error(`there is ${made.kind}: ${made.findings.join()}`);
    expect([made.pages.length, made.totalPages, made.isWhole]).toEqual([10, 12, false]);
    const [first, second] = made.pages;
    expect(await sharp(first?.bytes).metadata()).toMatchObject({ format: 'webp', width: 1000, height: 1415 });
    expect(first).toMatchObject({ width: 1000, height: 1415 });
    // Something stands on the page, and not the same on all of them.
    const { channels } = await sharp(first?.bytes).stats();
    expect(channels[0]?.min).toBeLessThan(64);
    expect(Buffer.from(first?.bytes ?? []).equals(Buffer.from(second?.bytes ?? []))).toBe(false);
  });

  it('of a PDF with its fonts, or those that every reader has, differ in nothing', async () => {
    const made = await preview(aPdf('Hello government'), pdf);
    expect(made).toMatchObject({ kind: 'pages', totalPages: 1, isWhole: true, findings: [] });
  });

  it('of a PDF without its Chinese font are drawn in a font of the machine, and shown as words where it has none', async () => {
    const bytes = aChinesePdf(['关于做好防汛工作的通知']);
    const drawn = await drawPdf(bytes, () => true);
    expect(drawn).toMatchObject({ kind: 'pages', findings: ['fonts-substituted'] });
    const told = await drawPdf(bytes, () => false);
    expect(told).toMatchObject({ kind: 'text', findings: ['fonts-missing'] });
    expect(textOf(told)).toBe('关于做好防汛工作的通知');
  });

  it('of an oddly tall page are drawn smaller', async () => {
    const made = await preview(aChinesePdf(['长卷'], [200, 14_000]), pdf);
    if (made.kind !== 'pages') throw new Error(made.kind);
    const [page] = made.pages;
    expect((page?.width ?? 0) * (page?.height ?? 0)).toBeLessThan(2_600_000);
  });

  it.each<[string, string, () => Buffer | string, string]>([
    ['slides', pptx, () => aPptx(['第一页', '第二页']), '第一页\n第二页'],
    ['an OFD', ofd, () => anOfd(['关于开展安全生产', '检查的通知']), '关于开展安全生产检查的通知'],
    ['plain text', 'text/plain; charset=utf-8', () => '你好\r\n\r\n政务', '你好\n政务'],
  ])('of %s are its words', async (_what, mediaType, make, text) => {
    const made = await preview(make(), mediaType);
    expect(made).toMatchObject({ kind: 'text', isWhole: true, findings: [] });
    expect(textOf(made)).toBe(text);
  });

  it('of a text document are its headings, tables and words', async () => {
    const cell = (text: string): string => `<w:tc><w:tcPr/>${wordParagraph(text)}</w:tc>`;
    const body = `${wordParagraph('各有关单位：')}<w:tbl><w:tr>${cell('甲')}${cell('乙')}</w:tr></w:tbl>`;
    const made = await caged(await aWordFile({ body }), docx);
    expect(made).toMatchObject({ kind: 'text', isWhole: true, findings: [] });
    expect(made.kind === 'text' && made.body.content.map(({ type }) => type)).toEqual(['paragraph', 'table']);
    // One that is built oddly is shown as its words.
    expect(textOf(await preview(aDocx(['请认真落实。']), docx))).toBe('请认真落实。');
  });

  it('of a table are its rows, whichever encoding it came in', async () => {
    const rows = [
      ['单位', '电话'],
      ['教育局', '0792'],
    ];
    const gb18030 = Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x2c, 0x31, 0x0a, 0xd5, 0xfe, 0x2c, 0x32]);
    for (const [bytes, mediaType, cells] of [
      [await aWorkbook({ header: rows[0] ?? [], rows: rows.slice(1) }), xlsx, rows.flat()],
      ['单位,电话\n教育局,0792\n', csv, rows.flat()],
      [gb18030, csv, ['你好', '1', '政', '2']],
    ] as const) {
      const made = await preview(bytes, mediaType);
      if (made.kind !== 'text') throw new Error(made.kind);
      const [table] = made.body.content;
      if (table?.type !== 'table') throw new Error(table?.type);
      const shown = table.content.flatMap((row) =>
        (row.content ?? []).map((cell) => plainText({ type: 'doc', content: cell.content })),
      );
      expect([shown, made.isWhole]).toEqual([cells, true]);
    }
  });

  it('end after a few pages of text, rows and columns, and that is told', async () => {
    const long = await preview(
      Array.from({ length: 5_000 }, (_, at) => `第${at}行`).join('\n'),
      'text/plain',
    );
    expect(long.isWhole).toBe(false);
    expect(textOf(long).length).toBeLessThanOrEqual(13_000);
    const row = Array.from({ length: 30 }, () => '数').join(',');
    const wide = await preview(`${row}\n`.repeat(500), csv);
    if (wide.kind !== 'text') throw new Error(wide.kind);
    const [table] = wide.body.content;
    expect(table?.type === 'table' && [table.content.length, table.content[0]?.content?.length]).toEqual([
      200, 20,
    ]);
    expect(wide.isWhole).toBe(false);
  });

  const bomb = (): Buffer =>
    aDocx([], [{ name: 'word/footnotes.xml', bytes: Buffer.alloc(120_000_000, ' ') }]);
  const entities = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  it.each<[string, string, () => Buffer | string, string]>([
    ['a text document cut in half', docx, () => aDocx(['x']).subarray(0, 200), 'damaged'],
    ['a workbook that is none', xlsx, () => 'no archive', 'damaged'],
    ['a PDF that is none', pdf, () => '%PDF-1.7 and nothing more', 'damaged'],
    ['a PDF cut in half', pdf, () => aChinesePdf(['半', '截']).subarray(0, 900), 'damaged'],
    ['a part that unfolds to 120 MB', docx, bomb, 'too-large'],
    [
      'a part that unfolds to more than it says',
      docx,
      () => aDocx([], [{ name: 'word/footnotes.xml', bytes: Buffer.alloc(1_000_000, ' '), claimedSize: 10 }]),
      'damaged',
    ],
    [
      'a text document with external entities',
      docx,
      () => zipOf([{ name: 'word/document.xml', bytes: `${entities}<a>&a;</a>` }]),
      'entities',
    ],
    ['an OFD with external entities', ofd, () => anOfd(['&a;'], entities), 'entities'],
  ])('of %s are none, and it is told why', async (_what, mediaType, make, finding) => {
    expect(await preview(make(), mediaType)).toEqual({ kind: 'none', isWhole: false, findings: [finding] });
  });

  it('of a PDF with a script are drawn, and nothing is run', async () => {
    const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>';
    expect(await preview(aPdf('x', script), pdf)).toMatchObject({ kind: 'pages', findings: [] });
  });

  it('that take too long or too much are given up', async () => {
    const findings = async (bounds: Partial<ReadingBounds>) => (await caged(aPdf('x'), pdf, bounds)).findings;
    expect(await findings({ milliseconds: 1 })).toEqual(['took-too-long']);
    expect(await findings({ residentBytes: 1_000_000 })).toEqual(['too-much-memory']);
    expect(await findings({ fileBytes: 10 })).toEqual(['too-large']);
  });
});
