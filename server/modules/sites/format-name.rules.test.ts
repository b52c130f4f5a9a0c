import { describe, expect, it } from 'vitest';

import { formatName } from './format-name.rules.ts';

describe('what people call a file', () => {
  it.each([
    ['通知.PDF', 'PDF'],
    ['表.xlsx', 'Excel 表格'],
    ['公文.wps', 'WPS 文档'],
    ['章程.v2.docx', 'Word 文档'],
    ['版式.ofd', 'OFD 版式文件'],
  ])('%s is %s', (fileName, name) => {
    expect(formatName(fileName)).toBe(name);
  });

  it('an unknown or missing extension is simply a file, and object keys are no formats', () => {
    for (const fileName of ['无后缀', 'x.unknown', 'x.constructor', 'x.'])
      expect(formatName(fileName)).toBe('文件');
  });
});
