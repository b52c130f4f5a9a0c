import { describe, expect, it } from 'vitest';

import { resourceTypeOf } from '../library/index.ts';
import { readDay, readFieldValue, readWords } from './field-value.rules.ts';
import { mappingProblem, suggestMapping } from './mapping.rules.ts';

const policy = resourceTypeOf('policy');
const suggested = (...sources: readonly string[]) =>
  Object.fromEntries(suggestMapping(policy, sources).map(({ target, source }) => [target, source]));

describe('the suggestion which column is which field', () => {
  it('knows fields by their own names and by what others call them', () => {
    expect(suggested('标题*', '发文字号', '成文日期', '内容', '来源', 'ID', '链接', '备注')).toEqual({
      title: '标题*',
      body: '内容',
      documentNumber: '发文字号',
      writtenOn: '成文日期',
      source: '来源',
      key: 'ID',
      oldAddress: '链接',
    });
  });

  it('gives no column to two fields, and a likely name only when no field has it as its own', () => {
    expect(suggested('文件名', '标题', '信息类别', '文件夹')).toEqual({
      title: '标题',
      category: '信息类别',
    });
    expect(suggested('文件名', '正文')).toEqual({ title: '文件名', body: '正文' });
  });

  it('takes every form of a body that a line may have', () => {
    const mapping = suggestMapping(policy, ['title', 'html', 'text', 'law']);
    expect(mapping).toEqual([
      { target: 'title', source: 'title' },
      { target: 'body', source: 'html' },
      { target: 'body', source: 'text' },
      { target: 'law', source: 'law' },
    ]);
  });
});

describe('a mapping', () => {
  const sources = ['甲', '乙'];
  it('is refused without a title, with a strange column or field, and with two columns for one field', () => {
    expect(mappingProblem(policy, sources, [])).toContain('标题');
    expect(mappingProblem(policy, sources, [{ target: 'title', source: '丙' }])).toContain('丙');
    expect(mappingProblem(policy, sources, [{ target: 'blocks', source: '甲' }])).toContain('甲');
    const twice = sources.map((source) => ({ target: 'title', source }));
    expect(mappingProblem(policy, sources, twice)).toContain('两列');
  });

  it('may have several columns for the body', () => {
    const mapping = [
      { target: 'title', source: '甲' },
      ...sources.map((source) => ({ target: 'body', source })),
    ];
    expect(mappingProblem(policy, sources, mapping)).toBeUndefined();
  });
});

describe('a text in a file', () => {
  it.each([
    ['2019-03-04', '2019-03-04'],
    ['2019/3/4 10:22:00', '2019-03-04'],
    ['2019年3月4日', '2019-03-04'],
    ['２０１９.３.４', '2019-03-04'],
    ['20190304', '2019-03-04'],
    ['20190304102200', '2019-03-04'],
    ['2019-02-30', undefined],
    ['去年', undefined],
    ['43528', undefined],
  ])('%s as a day is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it('is a list of words by any of the signs between words', () => {
    expect(readWords('教育、 安全;校园，安全\n')).toEqual(['教育', '安全', '校园']);
  });

  it('that is no day is told with the field’s name', () => {
    const field = policy.fields.find(({ key }) => key === 'writtenOn');
    if (!field) throw new Error('the field is gone');
    expect(readFieldValue(field, '待定')).toEqual({ unreadable: '成文日期“待定”不是日期。' });
  });
});
