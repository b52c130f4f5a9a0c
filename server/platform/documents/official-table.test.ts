import { describe, expect, it } from 'vitest';

import { all } from '../../../test/factories/documents.ts';
import { mergesOf, type OfficialTable, officialTableFile } from './official-table.ts';
import { sheetRows } from './sheet-reader.ts';

const table: OfficialTable = {
  name: '目录',
  sheet: '目录',
  title: '内容保障责任目录',
  note: '截至2026-11-27',
  columns: [
    { name: '一级', width: 10, groups: true },
    { name: '二级', width: 10, groups: true },
    { name: '单位', width: 20 },
  ],
  rows: [
    ['资讯', '', '=1+1'],
    ['', '要闻', '甲\n乙'],
    ['', '', '丙'],
    ['', '动态', '<丁>'],
    ['公开', '', ''],
  ],
};

describe('an official table', () => {
  it('merges a group over the rows that belong to it, and no others', () => {
    expect(mergesOf(table)).toEqual([
      { column: 0, from: 0, to: 3 },
      { column: 1, from: 1, to: 2 },
    ]);
  });

  it('comes back with every text, and no formula', async () => {
    const rows = await all(sheetRows(Buffer.concat(await all(officialTableFile(table).content))));
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['内容保障责任目录', '', ''],
      ['截至2026-11-27', '', ''],
      ['一级', '二级', '单位'],
      ...table.rows,
    ]);
  });

  it('is refused where it takes more room than said', async () => {
    const file = Buffer.concat(await all(officialTableFile(table).content));
    await expect(all(sheetRows(file, 1_000))).rejects.toThrow();
  });
});
