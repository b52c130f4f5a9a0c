import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type KeepingWay, keepingWays, type UpdateRule } from '../../../contracts/sites.ts';
import { all } from '../../../test/factories/documents.ts';
import { officialTableFile } from '../../platform/documents/official-table.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';
import { readRows } from './catalogue-rows.ts';
import {
  cellsOf,
  changeFrom,
  type EntryCells,
  entryColumns,
  type Names,
  personText,
  plainText,
} from './catalogue-table.ts';

const unit = (id: string, name: string, shortName: string, parentId: string | null = null) => ({
  ...{ id, name, shortName, parentId },
  closed: false,
});
const units = [
  unit('1', '区政府办公室', '政府办'),
  unit('2', '区政府办政务公开科', '公开科', '1'),
  unit('3', '教育、体育局', '教体局'),
  unit('4', '民政局', '民政局'),
  { ...unit('5', '计生委', '计生委'), closed: true },
];
const person = (id: string, realName: string, login: string, unitId: string) => ({
  id,
  realName,
  login,
  unitId,
});
const names: Names = {
  units,
  unitsById: new Map(units.map((one) => [one.id, one])),
  people: [
    person('11', '江望浔', 'jiang', '1'),
    person('12', '林闻清', 'lin', '2'),
    person('13', '钟启教', 'zhong', '3'),
    person('14', '林闻清', 'lin2', '1'),
  ],
};
const current: EntryCells & { unitId: string } = {
  unitId: '1',
  责任单位: '区政府办公室',
  责任人: '江望浔',
  联络员: '',
  更新要求: '14天内更新',
  内容要求: '发布重要会议。',
  保障方式: '信息报送',
  供稿单位: '',
};
const take = (wanted: Partial<EntryCells>) => changeFrom(names, current, wanted);

describe('a row of a catalogue table', () => {
  it('changes nothing where it says the same, nor where it has no column', () => {
    expect(take(current)).toEqual({ change: {}, fields: [], problems: [] });
    expect(take({ 内容要求: ' 发布重要会议。\r\n' })).toMatchObject({ fields: [] });
    expect(take({})).toMatchObject({ fields: [] });
  });

  it('is understood as people write it', () => {
    const { change, problems } = take({
      责任单位: '教体局',
      责任人: '钟启教',
      更新要求: '6个月内更新',
      内容要求: '',
      保障方式: '映射、栏目共建',
      供稿单位: '教育、体育局、民政局',
    });
    expect(problems).toEqual([]);
    expect(change).toEqual({
      unitId: '3',
      responsibleId: '13',
      rule: { kind: 'months', months: 6 },
      requirement: '',
      ways: ['mapped', 'co-built'],
      supplierIds: ['3', '4'],
    });
  });

  it('takes away what it leaves empty', () => {
    const { change } = take({ 责任人: '', 更新要求: '', 保障方式: '' });
    expect(change).toEqual({ responsibleId: null, rule: null, ways: [] });
  });

  it('tells two people of one name apart by their logins', () => {
    expect(take({ 联络员: '林闻清' }).problems).toEqual(['责任单位有多位“林闻清”，请写成“姓名（登录名）”']);
    expect(take({ 联络员: '林闻清（lin）' }).change).toEqual({ contactId: '12' });
  });

  it.each([
    [{ 责任单位: '不存在局' }, '没有叫“不存在局”的单位'],
    [{ 责任单位: '计生委' }, '没有叫“计生委”的单位'],
    [{ 责任单位: '' }, '没有叫“”的单位'],
    [{ 责任人: '钟启教' }, '责任单位没有“钟启教”的在用账号'],
    [{ 更新要求: '0天内更新' }, '更新要求“0天内更新”写法不对'],
    [{ 保障方式: '抄送' }, '没有“抄送”这种保障方式'],
    [{ 供稿单位: '民政局、某局' }, '没有叫“某局”的单位'],
    [{ 内容要求: '长'.repeat(501) }, '内容要求超过500字'],
  ])('says what it does not understand: %j', (wanted, problem) => {
    expect(take(wanted).problems.join()).toContain(problem);
  });
});

describe('any catalogue', () => {
  const someText = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .map((text) => text.replaceAll('_x', 'x').trim());
  const idOf = (ids: readonly string[]) => fc.constantFrom(...ids);
  const rules: fc.Arbitrary<UpdateRule | null> = fc.oneof(
    fc.constant(null),
    fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 3660 }) }),
    fc.record({ kind: fc.constant('months' as const), months: fc.integer({ min: 1, max: 120 }) }),
    fc.constantFrom(
      ...['每月更新', '14天左右更新', '有变动即更新'].map((words) => ({ kind: 'event' as const, words })),
    ),
  );
  const open = units.filter((one) => !one.closed);
  const branch = ['11', '12', '14'];
  const entries = fc.record({
    responsible: fc.option(idOf(branch)),
    contact: fc.option(idOf(branch)),
    rule: rules,
    requirement: someText,
    ways: fc.uniqueArray(fc.constantFrom(...keepingWays)),
    suppliers: fc.uniqueArray(idOf(open.map(({ id }) => id))),
  });
  const nameOf = (id: string): string => units.find((one) => one.id === id)?.name ?? '';
  const called = (id: string): string => {
    const one = names.people.find((person) => person.id === id);
    return one ? personText(one.realName, one.login, one.realName === '林闻清') : '';
  };
  const named = (id: string | null) => (id === null ? null : { id, name: id });
  interface Said {
    readonly responsible: string | null;
    readonly contact: string | null;
    readonly rule: UpdateRule | null;
    readonly requirement: string;
    readonly ways: KeepingWay[];
    readonly suppliers: readonly string[];
  }
  const cellsIn = ({ responsible, contact, suppliers, ...others }: Said): EntryCells =>
    cellsOf(
      {
        ...others,
        unitName: '区政府办公室',
        responsible: named(responsible),
        contact: named(contact),
        suppliers: suppliers.map((id) => ({ id, name: nameOf(id) })),
      },
      called,
    );

  it('comes back from a workbook as it was, and makes an empty one say the same', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (said) => {
        const cells = cellsIn(said);
        const columns = ['一级栏目', ...entryColumns].map((name) => ({ name, width: 10 }));
        const rows = [['要闻', ...entryColumns.map((column) => cells[column])]];
        const file = officialTableFile({ name: '表', sheet: '表', title: '目录', note: '', columns, rows });
        const [row] = readRows(await all(sheetRows(Buffer.concat(await all(file.content)))));
        expect(changeFrom(names, { ...cells, unitId: '1' }, row?.cells ?? {}).fields).toEqual([]);
        const nothing = {
          responsible: null,
          contact: null,
          rule: null,
          requirement: '',
          ways: [],
          suppliers: [],
        };
        const { change, problems } = changeFrom(
          names,
          { ...cellsIn(nothing), unitId: '1' },
          row?.cells ?? {},
        );
        expect(problems).toEqual([]);
        const { responsible, contact, suppliers, requirement, ...others } = said;
        expect({
          ...{ responsibleId: null, contactId: null, rule: null, requirement: '', ways: [], supplierIds: [] },
          ...change,
        }).toEqual({
          ...{ responsibleId: responsible, contactId: contact, requirement: plainText(requirement) },
          ...{ ...others, supplierIds: suppliers },
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the rows below the head', () => {
  const head = { row: 3, cells: ['一级栏目', '二级栏目', '三级栏目', '责任单位'] };
  const pathsOf = (...rows: readonly (readonly string[])[]) =>
    readRows([head, ...rows.map((cells, at) => ({ row: at + 4, cells }))]).map(({ levels }) =>
      levels.join('/'),
    );

  it('take what stands above them where cells are merged', () => {
    const rows = [
      ['资讯', '', '', '甲'],
      ['', '要闻', '', '甲'],
      ['', '', '会议', '甲'],
      ['', '动态', '', '乙'],
      ['公开', '', '', '丙'],
    ];
    expect(pathsOf(...rows)).toEqual(['资讯', '资讯/要闻', '资讯/要闻/会议', '资讯/动态', '公开']);
  });

  it('are the same where every cell is filled in', () => {
    expect(pathsOf(['资讯', '要闻', '会议'], ['资讯', '要闻', ''])).toEqual(['资讯/要闻/会议', '资讯/要闻']);
  });

  it('are refused without a head', () => {
    expect(() => readRows([{ row: 1, cells: ['名称', '单位'] }])).toThrow(
      expect.objectContaining({ code: 'sites.catalogue-file-wrong' }),
    );
  });
});
