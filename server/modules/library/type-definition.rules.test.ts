import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isOwnField } from '../../../contracts/field-values.ts';
import { definableKinds, type DefinedField, ResourceContent } from '../../../contracts/library.ts';
import { aDefinition, aField, anExtension } from '../../../test/factories/types.ts';
import { ownValueProblems } from './content.rules.ts';
import { describeType, resourceTypeList } from './resource-types.ts';
import { definitionProblems, narrows } from './type-definition.rules.ts';

const context = { key: 'x-lease' as const, earlier: [], otherNames: ['场地租用'] };
const messages = (...fields: readonly DefinedField[]) =>
  definitionProblems(aDefinition('房屋租赁', fields), context).map((one) => one.message);

describe('what operators define', () => {
  it('is sound when every limit fits the kind of its field', () => {
    expect(
      messages(
        aField('甲', { key: 'x.a' }),
        aField('乙', { key: 'x.b', kind: 'number', minimum: 0, maximum: 9 }),
        aField('丙', { key: 'x.c', kind: 'choices', choices: ['一', '二'] }),
        aField('丁', { key: 'x.d', kind: 'day' }),
      ),
    ).toEqual([]);
  });

  it.each([
    ['a choice without choices', aField('甲', { kind: 'choice' })],
    ['a number with choices', aField('甲', { kind: 'number', choices: ['一'] })],
    ['a day with a length', aField('甲', { kind: 'day', maxLength: 5 })],
    ['a line that is too long', aField('甲', { maxLength: 501 })],
    ['bounds that leave nothing', aField('甲', { kind: 'number', minimum: 2, maximum: 1 })],
    ['bounds of what is no number', aField('甲', { minimum: 2 })],
  ])('is refused with %s', (_what, field) => {
    expect(messages(field)).toHaveLength(1);
  });

  it('has each code and each name once, and a name that no other type has', () => {
    expect(messages(aField('甲'), aField('甲'))).toHaveLength(2);
    const named = (name: string) =>
      definitionProblems(aDefinition(name, []), context).map(({ field }) => field);
    expect([named('场地租用'), named('文章'), named('房屋租赁')]).toEqual([['name'], ['name'], []]);
  });

  it('gives a code that was ever used no other kind, also after its field was taken away', () => {
    const earlier = [aDefinition('房屋租赁', []), aDefinition('房屋租赁', [aField('甲', { kind: 'day' })])];
    const again = aDefinition('房屋租赁', [aField('乙')]);
    expect(definitionProblems(again, { ...context, earlier })).toHaveLength(1);
  });

  it('adds to a built-in type and takes nothing from it', () => {
    const article = { ...context, key: 'article' as const };
    expect(definitionProblems(anExtension(aField('甲')), article)).toEqual([]);
    expect(definitionProblems(aDefinition('我的文章', []), article)).toHaveLength(1);
    expect(definitionProblems(anExtension(), context)).toHaveLength(1);
  });

  it('does not take the text from a type that has one', () => {
    const earlier = [aDefinition('房屋租赁', [])];
    const without = aDefinition('房屋租赁', [], { body: 'none' });
    expect(definitionProblems(without, { ...context, earlier }).map(({ field }) => field)).toEqual(['body']);
    expect(definitionProblems(without, context)).toEqual([]);
  });
});

const someField: fc.Arbitrary<DefinedField> = fc
  .record({
    kind: fc.constantFrom(...definableKinds),
    maxLength: fc.integer({ min: 1, max: 6 }),
    bounds: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 4 })),
    choices: fc.subarray(['一', '二', '三'], { minLength: 1 }),
    requiredAt: fc.constantFrom('draft' as const, 'submission' as const, 'never' as const),
  })
  .map(({ kind, maxLength, bounds: [minimum, more], choices, requiredAt }) => {
    const field = aField('甲', { kind, requiredAt });
    if (kind === 'line' || kind === 'text') return { ...field, maxLength };
    if (kind === 'number') return { ...field, minimum, maximum: minimum + more };
    return kind === 'choice' || kind === 'choices' ? { ...field, choices } : field;
  });
const someValue = fc.oneof(
  fc.constantFrom('一', '二', '三', '2026-11-20', '-2', '0', '3', 'https://example.org/', '四个字的'),
  fc.subarray(['一', '二', '三'], { minLength: 1 }),
);

describe('a version that does not narrow', () => {
  it('leaves valid whatever was valid, so that nothing needs to be looked through or rewritten', () => {
    fc.assert(
      fc.property(someField, someField, someValue, fc.boolean(), (old, next, value, isFilled) => {
        const [before, after] = [old, { ...next, kind: old.kind }].map((field) =>
          aDefinition('甲类', [field]),
        );
        if (!before || !after || narrows(before, after)) return;
        if (definitionProblems(after, { ...context, otherNames: [] }).length > 0) return;
        const values = isFilled ? { 'x.f1': value } : {};
        const problems = (definition: typeof before) =>
          ownValueProblems(describeType('x-lease', 1, definition), values, 'archive');
        if (problems(before).length === 0) expect(problems(after)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is one with more fields, more choices or more room', () => {
    const old = aDefinition('甲类', [aField('甲', { kind: 'choice', choices: ['一'] })]);
    const more = [aField('甲', { kind: 'choice', choices: ['一', '二'] }), aField('乙', { key: 'x.f2' })];
    expect(narrows(old, aDefinition('甲类', more))).toBe(false);
    expect(narrows(old, aDefinition('甲类', []))).toBe(true);
    expect(
      narrows(old, aDefinition('甲类', [...more, aField('丙', { key: 'x.f3', requiredAt: 'draft' })])),
    ).toBe(true);
  });
});

describe('the keys of fields', () => {
  it('of the operators are apart from all that the program brings, now and later', () => {
    const builtIn = resourceTypeList.flatMap((type) => type.fields.map((field) => field.key));
    expect(builtIn.filter((key) => key.startsWith('x.'))).toEqual([]);
    expect(Object.keys(ResourceContent.properties).filter(isOwnField)).toEqual([]);
  });

  it('that only one built-in type has begin with its name', () => {
    for (const { key, fields } of resourceTypeList) {
      const own = fields.filter((field) => isOwnField(field.key));
      expect(own.filter((field) => !field.key.startsWith(`${key}.`))).toEqual([]);
    }
  });
});
