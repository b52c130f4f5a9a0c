import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDocx, anOfd, anXlsx, aPdf, aPptx, zipOf } from '../../../test/factories/archives.ts';
import type { DocumentText } from './document.types.ts';
import { readDocument, type ReadingBounds, readingBounds } from './read-document.ts';

const openXml = 'application/vnd.openxmlformats-officedocument';
const docx = `${openXml}.wordprocessingml.document`;
const xlsx = `${openXml}.spreadsheetml.sheet`;
const pptx = `${openXml}.presentationml.presentation`;
const ofd = 'application/ofd';
const pdf = 'application/pdf';
const samples = join(import.meta.dirname, '../../../../shared/data/ofd');

describe('the words of a document', { timeout: 60_000 }, () => {
  let directory = '';
  let serial = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-words-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const read = async (
    bytes: Buffer | string,
    mediaType: string,
    bounds: Partial<ReadingBounds> = {},
  ): Promise<DocumentText> => {
    const path = join(directory, String((serial += 1)));
    await writeFile(path, bytes);
    return readDocument(path, mediaType, { ...readingBounds, ...bounds });
  };

  it.each<[string, string, () => Buffer | string, string]>([
    [
      'a text document',
      docx,
      () => aDocx(['各有关单位：', '请认真落实&amp;执行。']),
      '各有关单位：\n请认真落实&执行。',
    ],
    [
      'a sheet',
      xlsx,
      () =>
        anXlsx([
          ['单位', '电话'],
          ['教育局', '0792'],
        ]),
      '单位\t电话\n教育局\t0792',
    ],
    ['slides', pptx, () => aPptx(['第一页', '第二页']), '第一页\n第二页'],
    [
      'an OFD, whose lines go on in the next',
      ofd,
      () => anOfd(['关于开展安全生产', '检查的通知', '各单位：']),
      '关于开展安全生产检查的通知\n各单位：',
    ],
    ['an OFD that was called an archive', 'application/zip', () => anOfd(['通知']), '通知'],
    ['a PDF', pdf, () => aPdf('Hello government'), 'Hello government'],
    ['plain text in UTF-8', 'text/plain; charset=utf-8', () => '你好\r\n政务', '你好\n政务'],
    ['a table in GB 18030', 'text/csv', () => Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x2c, 0x31]), '你好,1'],
    [
      'the names in an archive, old ones too',
      'application/zip',
      () =>
        zipOf([
          { name: '说明/一.txt', bytes: 'x' },
          { name: Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x2e, 0x74, 0x78, 0x74]), bytes: 'x' },
        ]),
      '说明/一.txt\n你好.txt',
    ],
  ])('are read in %s', async (_what, mediaType, make, text) => {
    expect(await read(make(), mediaType)).toEqual({ text, findings: [] });
  });

  const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const names = '/Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >>';
  it.each<[string, string, () => Buffer, string]>([
    ['a PDF with a script', pdf, () => aPdf('x', script), 'scripts'],
    [
      'a PDF with a file inside',
      pdf,
      () =>
        aPdf('x', names, [
          '<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 7 0 R >> >>',
          '<< /Type /EmbeddedFile /Length 2 >>\nstream\nhi\nendstream',
        ]),
      'embedded-files',
    ],
    ['a hidden sheet', xlsx, () => anXlsx([['x']], true), 'hidden-sheets'],
    ['macros', docx, () => aDocx(['x'], [{ name: 'word/vbaProject.bin', bytes: 'x' }]), 'macros'],
    [
      'programs in an archive',
      'application/zip',
      () => zipOf([{ name: 'a/setup.exe', bytes: 'MZ' }]),
      'programs',
    ],
  ])('%s is noticed', async (_what, mediaType, make, finding) => {
    const { text, findings } = await read(make(), mediaType);
    expect(findings).toEqual([finding]);
    expect(text).not.toBe('');
  });

  const bomb = (): Buffer =>
    aDocx([], [{ name: 'word/footnotes.xml', bytes: Buffer.alloc(120_000_000, ' ') }]);
  const entities = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>';
  it.each<[string, string, () => Buffer | string, string]>([
    ['a text document cut in half', docx, () => aDocx(['x']).subarray(0, 200), 'damaged'],
    ['a text document that is none', docx, () => 'no archive', 'damaged'],
    ['a PDF that is none', pdf, () => '%PDF-1.7 and nothing more', 'damaged'],
    ['a part that unfolds to 120 MB', docx, bomb, 'too-large'],
    [
      'a part that unfolds to more than it says',
      docx,
      () => aDocx([], [{ name: 'word/footnotes.xml', bytes: Buffer.alloc(1_000_000, ' '), claimedSize: 10 }]),
      'damaged',
    ],
    ['an OFD with external entities', ofd, () => anOfd(['&a;'], entities), 'entities'],
    ['an OFD with entities that multiply', ofd, () => anOfd(['&b;'], laughs), 'entities'],
    ['elements without end inside one another', ofd, () => anOfd(['<a>'.repeat(2_000)]), 'damaged'],
  ])('%s is told as such', async (_what, mediaType, make, finding) => {
    expect(await read(make(), mediaType)).toEqual({ text: '', findings: [finding] });
  });

  it('what is very long is cut, and that is told', async () => {
    const { text, findings } = await read(
      aDocx(Array.from({ length: 60_000 }, () => '一二三四五六七')),
      docx,
    );
    expect([text.length <= 300_000, text.length > 250_000, findings]).toEqual([true, true, ['too-long']]);
  });

  it('a reader that needs too long or too much is ended', async () => {
    expect((await read(aPdf('x'), pdf, { milliseconds: 1 })).findings).toEqual(['took-too-long']);
    expect((await read(aPdf('x'), pdf, { residentBytes: 1_000_000 })).findings).toEqual(['too-much-memory']);
    expect((await read(aPdf('x'), pdf, { fileBytes: 10 })).findings).toEqual(['too-large']);
  });

  it('is read in real OFD documents', async () => {
    if (!existsSync(samples)) {
      process.stderr.write('\n!!! no real OFD documents at ../shared/data/ofd: not tried\n');
      return;
    }
    const found = new Map<string, DocumentText>();
    for (const name of readdirSync(samples).filter((one) => one.endsWith('.ofd'))) {
      found.set(name, await readDocument(join(samples, name), ofd));
    }
    const unread = [...found].filter(([, { findings }]) => findings.includes('damaged'));
    expect(unread).toEqual([]);
    expect([...found.values()].filter(({ text }) => text.length > 5).length).toBeGreaterThan(found.size / 2);
  });
});
