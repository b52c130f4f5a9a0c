import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aFile, all, aWorkbook, aZip } from '../../../test/factories/documents.ts';
import { delimitedRows, delimiterOf } from './delimited-text.ts';
import { dayOfSerial, sheetRows } from './sheet-reader.ts';
import { writeDelimited } from './sheet-writer.ts';
import { linesOf, textEncodingOf } from './text-encoding.ts';

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
const sheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const workbookParts = (rows: string, shared = '', more: Readonly<Record<string, string>> = {}) => ({
  'xl/workbook.xml': `<workbook xmlns="${sheet}" xmlns:r="r"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/><sheet name="藏" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
  'xl/styles.xml': `<styleSheet xmlns="${sheet}"><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/></cellXfs></styleSheet>`,
  'xl/sharedStrings.xml': `<sst xmlns="${sheet}">${shared}</sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${sheet}"><sheetData>${rows}</sheetData></worksheet>`,
  'xl/worksheets/sheet2.xml': `<worksheet xmlns="${sheet}"><sheetData><row r="1"><c><v>1</v></c></row></sheetData></worksheet>`,
  ...more,
});

describe('the rows of a workbook', () => {
  it('hold texts, numbers and days where they stand, without hidden sheets and phonetic guides', async () => {
    const rows =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>43528</v></c><c r="D2" s="2"><v>43528.5</v></c><c r="E2"><v>12.5</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><v>#REF!</v></c></row><row r="3"/>';
    const shared = '<si><r><t>通</t></r><r><t>知</t></r><rPh><t>tongzhi</t></rPh></si>';
    const path = aFile('a.xlsx', await aZip(workbookParts(rows, shared)));
    expect(await all(sheetRows(path))).toEqual([
      { sheet: '名单', row: 2, cells: ['通知', '', '2019-03-04', '2019-03-04', '12.5', '是', ''] },
    ]);
  });

  it('come back as they were written, whatever they hold', { timeout: 60_000 }, async () => {
    const cell = fc.string({ unit: 'binary', maxLength: 30 }).map(
      (text) =>
        // XML has no control characters and one kind of line break, and a row of nothing is no row.
        `x${text.replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')}`,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
        async (rows) => {
          const path = aFile('a.xlsx', await aWorkbook({ header: ['甲', '乙', '丙'], rows }));
          const read = await all(sheetRows(path));
          const plain = (text: string): string => text.replaceAll(/_x[0-9A-Fa-f]{4}_/g, '');
          expect(read.slice(1).map(({ cells }) => cells.map(plain))).toEqual(
            rows.map((row) => row.map(plain)),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are refused with a DOCTYPE and when a part is missing', async () => {
    const entity = `<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><worksheet xmlns="${sheet}"><sheetData/></worksheet>`;
    const parts = workbookParts('', '', { 'xl/worksheets/sheet1.xml': entity });
    await expect(all(sheetRows(aFile('a.xlsx', await aZip(parts))))).rejects.toMatchObject({
      code: 'document.xml-forbidden',
    });
    const others = Object.fromEntries(Object.entries(parts).filter(([name]) => !name.endsWith('.rels')));
    await expect(all(sheetRows(aFile('b.xlsx', await aZip(others))))).rejects.toMatchObject({
      code: 'document.damaged',
    });
  });

  it('know the days of both calendars of Excel', () => {
    expect(dayOfSerial(45658, false)).toBe('2025-01-01');
    expect(dayOfSerial(44196, true)).toBe('2025-01-01');
    expect(dayOfSerial(-1, false)).toBeUndefined();
  });
});

describe('a table as text', () => {
  it('keeps cells with commas, quotation marks and line breaks in one piece', async () => {
    const rows = await all(
      delimitedRows(pieces('\ufeff标题,正文\n"甲,乙","他说""好""', '\n第二行"\n\n丙,丁\n'), ','),
    );
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['标题', '正文'],
      ['甲,乙', '他说"好"\n第二行'],
      ['丙', '丁'],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('is divided by what stands in its first line', () => {
    expect(delimiterOf('标题\t"甲,乙,丙"\t来源\n')).toBe('\t');
    expect(delimiterOf('标题;来源')).toBe(';');
    expect(delimiterOf('标题,来源')).toBe(',');
  });

  it('is known to be UTF-8, GB 18030, or neither, by all of it', async () => {
    const plain = 'a,b\n'.repeat(40_000);
    const gb = Buffer.from('cda8d6aa', 'hex');
    expect(await textEncodingOf(aFile('a.csv', `${plain}通知`))).toBe('utf-8');
    expect(await textEncodingOf(aFile('b.csv', Buffer.concat([Buffer.from(plain), gb])))).toBe('gb18030');
    expect(await textEncodingOf(aFile('c.csv', Buffer.from([0x61, 0, 0x62])))).toBeUndefined();
    expect(await textEncodingOf(aFile('d.csv', Buffer.from([0x61, 0xff, 0xff])))).toBeUndefined();
  });

  it('is written so that no cell becomes a formula', async () => {
    const text = (await all(writeDelimited({ name: '', header: ['甲'], rows: [['=1+1'], ['a"b,c']] }))).join(
      '',
    );
    expect(text).toBe('\ufeff甲\r\n\'=1+1\r\n"a""b,c"\r\n');
  });

  it('passes over a line that is too long and goes on with the next', async () => {
    const lines = await all(linesOf(pieces('ab', 'cd\nefg', 'hijklm\nno\r\n', 'p'), 5));
    expect(lines).toEqual([
      { number: 1, text: 'abcd' },
      { number: 2, text: null },
      { number: 3, text: 'no' },
      { number: 4, text: 'p' },
    ]);
  });
});
