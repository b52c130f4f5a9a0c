import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fieldNotes, type NotedContent } from './field-notes.ts';
import type { FieldDescription } from './resource-type.ts';

const fieldOf = (key: string, kind: FieldDescription['kind'], maxLength?: number): FieldDescription => ({
  ...{ key, name: key, kind, requiredAt: 'never', group: 'disclosure' },
  ...(maxLength === undefined ? {} : { maxLength }),
});
const number = fieldOf('documentNumber', 'line', 60);
const written = fieldOf('writtenOn', 'day');
const effective = fieldOf('effectiveOn', 'day');

const today = '2026-11-27';
const notesOn = (content: NotedContent, fields = [number, written, effective]) =>
  fieldNotes(fields, content, today);
const notesOnNumber = (documentNumber: string) => notesOn({ documentNumber });

describe('notes on a document number', () => {
  it.each([
    ['浔府发[2026]12号', '文号宜写作“浔府发〔2026〕12号”：年份用六角括号。'],
    ['浔府发（2026）12号', '文号宜写作“浔府发〔2026〕12号”：年份用六角括号。'],
    ['浔府发【2026】12号', '文号宜写作“浔府发〔2026〕12号”：年份用六角括号。'],
    ['浔府发〔2026〕第12号', '文号宜写作“浔府发〔2026〕12号”：序号前不加“第”。'],
    ['浔府发〔2026〕012号', '文号宜写作“浔府发〔2026〕12号”：序号不以0开头。'],
    ['浔府发〔2026〕 １２号', '文号宜写作“浔府发〔2026〕12号”：不含空格和全角数字。'],
    [
      '浔府发(2026)第012号',
      '文号宜写作“浔府发〔2026〕12号”：年份用六角括号，序号前不加“第”，序号不以0开头。',
    ],
  ])('%s is told its right form', (documentNumber, message) => {
    expect(notesOnNumber(documentNumber)).toEqual([
      { field: 'documentNumber', message, suggestion: '浔府发〔2026〕12号' },
    ]);
  });

  it.each(['浔府发2026年12号', '浔府发〔26〕12号', '浔办（民）发〔2026〕3号', '浔府发〔2026〕0号'])(
    '%s has no certain right form, so that none is offered',
    (documentNumber) => {
      const message = '文号与通行的写法不同，请核对；一般形如“浔府办发〔2026〕1号”。';
      expect(notesOnNumber(documentNumber)).toEqual([{ field: 'documentNumber', message }]);
    },
  );

  it.each(['', '浔府发〔2026〕12号', ' 浔府发〔2026〕12号 ', '浔府发[2026', '浔府发[2026]12'])(
    '“%s” is right or still being typed',
    (documentNumber) => {
      expect(notesOnNumber(documentNumber)).toEqual([]);
    },
  );

  it.each(['浔阳区人民政府令第3号', '浔阳区民政局公告2026年第12号', '国务院令第七百一十一号'])(
    '%s is counted without brackets, and rightly so',
    (documentNumber) => {
      expect(notesOnNumber(documentNumber)).toEqual([]);
    },
  );

  it('a form that the field has no room for is not offered', () => {
    const [note] = notesOn({ documentNumber: '浔府发[2026]12号' }, [{ ...number, maxLength: 11 }]);
    expect(note).toBeDefined();
    expect(note).not.toHaveProperty('suggestion');
  });

  const oddParts = fc.tuple(
    fc.constantFrom('浔府发', '浔民字', '浔府办函'),
    fc.constantFrom('〔〕', '[]', '()', '（）', '【】', '［］', '﹝﹞'),
    fc.integer({ min: 1900, max: 2099 }),
    fc.constantFrom('', '第', ' ', ' 第 '),
    fc.constantFrom('', '0', '00', '０'),
    fc.integer({ min: 1, max: 99_999 }),
  );

  it('every odd way of writing a number leads to the number itself, which has no note', () => {
    fc.assert(
      fc.property(oddParts, ([issuer, brackets, year, before, zeros, serial]) => {
        const right = `${issuer}〔${String(year)}〕${String(serial)}号`;
        const [open = '', close = ''] = brackets;
        const odd = `${issuer}${open}${String(year)}${close}${before}${zeros}${String(serial)}号`;
        expect(notesOnNumber(right)).toEqual([]);
        expect(notesOnNumber(odd).map(({ suggestion }) => suggestion)).toEqual(odd === right ? [] : [right]);
      }),
    );
  });

  it('whatever is suggested has no note itself and fits the field', () => {
    const signs = fc.constantFrom(...'浔府办发〔〕[](（)）【】﹝﹞第0０1２9号 年令豈㍻'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 70 }), (tail) => {
        for (const { suggestion } of notesOnNumber(`浔发[2026]${tail}1号`)) {
          if (suggestion === undefined) continue;
          expect(notesOnNumber(suggestion)).toEqual([]);
          expect(suggestion.length).toBeLessThanOrEqual(60);
        }
      }),
    );
  });
});

describe('notes on days', () => {
  it('a document was written before it took effect', () => {
    expect(notesOn({ writtenOn: '2026-03-02', effectiveOn: '2026-03-01' })).toEqual([
      { field: 'writtenOn', message: '成文日期晚于施行日期（2026-03-01），请核对。' },
    ]);
    expect(notesOn({ writtenOn: '2026-03-01', effectiveOn: '2026-03-01' })).toEqual([]);
  });

  it('a document was written today at the latest', () => {
    expect(notesOn({ writtenOn: today })).toEqual([]);
    expect(notesOn({ writtenOn: '2026-11-28' })).toEqual([
      { field: 'writtenOn', message: '成文日期还没有到（今天是2026-11-27），请核对。' },
    ]);
  });

  it('a normative document says when it takes effect, where its type can say it', () => {
    const category = '行政规范性文件';
    const message = '规范性文件一般要写明施行日期，请核对。';
    expect(notesOn({ category })).toEqual([{ field: 'effectiveOn', message }]);
    expect(notesOn({ category, effectiveOn: '2026-12-01' })).toEqual([]);
    expect(notesOn({ category: '工作动态' })).toEqual([]);
    expect(notesOn({ category }, [number, written])).toEqual([]);
  });

  it('of two days in either order, at most one order is odd', () => {
    const days = fc
      .date({ min: new Date('1950-01-01'), max: new Date(today), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, days, (one, other) => {
        const notes = notesOn({ writtenOn: one, effectiveOn: other });
        expect(notes.length).toBe(one > other ? 1 : 0);
      }),
    );
  });

  it('half a day is no day to compare', () => {
    expect(notesOn({ writtenOn: '2027-13-45', effectiveOn: '2026' })).toEqual([]);
  });
});
