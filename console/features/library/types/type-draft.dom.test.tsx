import { describe, expect, it } from 'vitest';

import type { TypeDefinition, TypeVersion } from '../../../../contracts/library.ts';
import { newField, asKind, changesOf, choicesFrom, freeKey, moved, usedKeys } from './type-draft.ts';

const definition = (...fields: TypeDefinition['fields']): TypeDefinition => ({ shape: null, fields });
const version = (number: number, made: TypeDefinition): TypeVersion => ({
  number,
  definition: made,
  note: '',
  publishedByName: '云维臣',
  publishedAt: '2026-11-26T02:00:00.000Z',
});

describe('a definition that an operator works on', () => {
  it('gives no field a code that another one has or had', () => {
    const versions = [version(2, definition(newField('x.f1'))), version(1, definition(newField('x.f2')))];
    expect(freeKey(usedKeys(versions, definition(newField('x.f3'))))).toBe('x.f4');
    expect(freeKey(new Set())).toBe('x.f1');
  });

  it('keeps no limit that the chosen kind does not have', () => {
    const number = { ...asKind(newField('x.f1'), 'number'), minimum: 1, maximum: 9 };
    expect(asKind(number, 'choice')).toEqual(expect.objectContaining({ kind: 'choice', choices: [] }));
    expect(Object.keys(asKind(number, 'day'))).not.toContain('minimum');
    expect(asKind(number, 'text')).toMatchObject({ maxLength: 2_000 });
  });

  it('moves a field one place and never out of the list', () => {
    expect(moved(['一', '二', '三'], 1, -1)).toEqual(['二', '一', '三']);
    expect(moved(['一', '二'], 0, -1)).toEqual(['一', '二']);
    expect(moved(['一', '二'], 1, 1)).toEqual(['一', '二']);
  });

  it('reads choices line by line, each once', () => {
    expect(choicesFrom(' 甲 \n\n乙\n甲\n')).toEqual(['甲', '乙']);
  });

  it('tells what a version changed, whatever the order of keys', () => {
    const [one, two] = [
      { ...newField('x.f1'), name: '甲' },
      { ...newField('x.f2'), name: '乙' },
    ];
    const reordered = Object.fromEntries(Object.entries(one).reverse()) as typeof one;
    expect(changesOf(definition(one), definition(reordered))).toEqual([]);
    expect(changesOf(definition(one), definition({ ...one, onPage: false }, two))).toEqual([
      '增加“乙”',
      '修改“甲”',
    ]);
    expect(changesOf(definition(one), definition())).toEqual(['取消“甲”']);
    expect(changesOf(undefined, definition(one))).toEqual(['增加“甲”']);
  });
});
