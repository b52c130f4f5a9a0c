import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chainSentence, type ReviewStep } from '../../../contracts/review.ts';
import {
  chainProblem,
  chooseChain,
  defaultChain,
  fewestPeople,
  needsReason,
  stepsLeftOver,
  versionOn,
} from './chain.rules.ts';
import type { ChainRule, ChainSubject } from './chain.types.ts';

/** Steps of which one of these people is enough. */
const oneOf = (...steps: string[][]) => steps.map((people) => ({ people, isAll: false }));

const subject: ChainSubject = {
  unitLine: ['u0', 'u1', 'u2'],
  columns: new Map([
    ['c0', 0],
    ['c1', 1],
    ['c2', 2],
  ]),
  type: 'article',
};
const aRule = fc.record({
  id: fc.integer({ min: 1, max: 999 }).map(String),
  unitId: fc.constantFrom(null, 'u0', 'u1', 'u2', 'other'),
  columnId: fc.constantFrom(null, 'c0', 'c1', 'c2', 'other'),
  type: fc.constantFrom(null, 'article' as const, 'policy' as const),
  steps: fc.constantFrom([1], [1, 2], [1, 2, 3]),
});
type Rule = ChainRule & { readonly steps: readonly number[] };
const rules = fc.uniqueArray(aRule, { maxLength: 12, selector: ({ id }) => id });
const holds = ({ unitId, columnId, type }: ChainRule): boolean =>
  (unitId === null || subject.unitLine.includes(unitId)) &&
  (columnId === null || subject.columns.has(columnId)) &&
  (type === null || type === subject.type);

/** Whether the one says at least as much as the other about where it holds, in every respect. */
function isNarrower(one: ChainRule, other: ChainRule): boolean {
  const unit = (id: string | null) => (id === null ? 99 : subject.unitLine.indexOf(id));
  const column = (id: string | null) => (id === null ? 99 : (subject.columns.get(id) ?? 99));
  const pairs = [
    [unit(one.unitId), unit(other.unitId)],
    [column(one.columnId), column(other.columnId)],
    [one.type === null ? 99 : 0, other.type === null ? 99 : 0],
  ] as const;
  return pairs.every(([a, b]) => a <= b) && pairs.some(([a, b]) => a < b);
}

describe('which chain a work gets', () => {
  it('is one that holds, that nothing narrower contradicts, whatever the order in which they are told', () => {
    fc.assert(
      fc.property(rules, fc.nat(), (all: Rule[], turn) => {
        const chosen = chooseChain(all, subject);
        const candidates = all.filter(holds);
        expect(chosen === undefined).toBe(candidates.length === 0);
        if (!chosen) return;
        expect(holds(chosen)).toBe(true);
        expect(candidates.filter((one) => isNarrower(one, chosen))).toEqual([]);
        const at = turn % all.length;
        expect(chooseChain([...all.slice(at), ...all.slice(0, at)].reverse(), subject)).toBe(chosen);
      }),
    );
  });

  it('is that of the column before that of the unit, and that of the unit before that of the type', () => {
    const rule = (id: string, part: Partial<Rule>): Rule => ({
      id,
      unitId: null,
      columnId: null,
      type: null,
      steps: [1],
      ...part,
    });
    const all = [
      rule('1', {}),
      rule('2', { type: 'article' }),
      rule('3', { unitId: 'u1' }),
      rule('4', { unitId: 'u0' }),
      rule('5', { columnId: 'c2' }),
      rule('6', { columnId: 'c2', unitId: 'u2' }),
    ];
    for (let count = 1; count <= all.length; count += 1) {
      expect(chooseChain(all.slice(0, count), subject)?.id).toBe(String(count));
    }
  });

  it('is the longer one for a work that stands in two columns which are equally near', () => {
    const two = { ...subject, columns: new Map([...subject.columns, ['d0', 0]]) };
    const of = (id: string, columnId: string, steps: number[]): Rule => ({
      id,
      columnId,
      unitId: null,
      type: null,
      steps,
    });
    expect(chooseChain([of('1', 'c0', [1]), of('2', 'd0', [1, 2, 3])], two)?.id).toBe('2');
  });
});

describe('what a chain has to be', () => {
  const [first, second, signature] = defaultChain as [ReviewStep, ReviewStep, ReviewStep];

  it('is what the built-in one is: three people, the last of whom signs', () => {
    expect(chainProblem(defaultChain)).toBeNull();
    expect(fewestPeople(defaultChain)).toBe(3);
    expect(needsReason(defaultChain)).toBe(false);
    const names = { people: new Map(), units: new Map() };
    expect(chainSentence(defaultChain, names)).toBe(
      '初审：审核员任一人 → 复审：审核员任一人 → 签发：签发人任一人',
    );
  });

  it('ends with the signature of the own unit, has one to five steps and no name twice', () => {
    expect(chainProblem([])).toContain('一到5个');
    expect(chainProblem([first, second])).toContain('签发');
    expect(chainProblem([first, { ...signature, unitId: '9' }])).toContain('签发');
    expect(chainProblem([first, { ...second, name: '初审' }, signature])).toContain('名称');
    expect(chainProblem([first, { ...second, key: 'first' }, signature])).toContain('标识');
    expect(chainProblem([{ ...first, unitId: '9', accountIds: ['1'] }, signature])).toContain('不能既');
    expect(chainProblem([first, second, first, second, first, signature])).toContain('一到5个');
  });

  it('needs a reason with fewer than three people, named ones who all have to counted', () => {
    expect(needsReason([first, signature])).toBe(true);
    expect(needsReason([{ ...first, accountIds: ['1', '2'], quorum: 'all' }, signature])).toBe(false);
    expect(needsReason([{ ...first, accountIds: ['1', '2'] }, signature])).toBe(true);
    expect(needsReason([{ ...first, quorum: 'all' }, signature])).toBe(true);
  });

  it('leaves no step without somebody of its own', () => {
    expect(stepsLeftOver(oneOf(['a'], ['a', 'b'], ['b', 'c']))).toEqual([]);
    expect(stepsLeftOver(oneOf(['a', 'b'], ['a'], ['b']))).toEqual([2]);
    expect(stepsLeftOver(oneOf([], ['a']))).toEqual([0]);
  });

  it('leaves nobody of an all-of step to another step', () => {
    const all = (...names: string[]) => ({ people: names, isAll: true });
    // Both reviewers have to approve the first step: nobody is left for the second.
    expect(stepsLeftOver([all('a', 'b'), ...oneOf(['a', 'b'], ['p'])])).toEqual([1]);
    expect(stepsLeftOver([all('a', 'b'), ...oneOf(['a', 'b', 'c'], ['p'])])).toEqual([]);
    expect(stepsLeftOver([all('a', 'b'), all('b'), ...oneOf(['p'])])).toEqual([1]);
    expect(stepsLeftOver([...oneOf(['a']), all('a', 'p')])).toEqual([0]);
  });

  it('accepts only steps that somebody can finish', () => {
    const step = fc.record({ people: fc.subarray(['a', 'b', 'c', 'd']), isAll: fc.boolean() });
    type Step = { readonly people: readonly string[]; readonly isAll: boolean };
    const finishes = ([first, ...later]: readonly Step[], gone: readonly string[]): boolean => {
      if (!first) return true;
      const left = first.people.filter((one) => !gone.includes(one));
      if (first.isAll) return left.length > 0 && finishes(later, [...gone, ...left]);
      return left.some((one) => finishes(later, [...gone, one]));
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
        if (stepsLeftOver(steps).length === 0) expect(finishes(steps, [])).toBe(true);
      }),
    );
  });

  it('finds seats for as many steps as any way of seating could', () => {
    const people = fc.subarray(['a', 'b', 'c', 'd']);
    fc.assert(
      fc.property(fc.array(people, { maxLength: 5 }), (candidates) => {
        const most = (step: number, taken: ReadonlySet<string>): number => {
          if (step === candidates.length) return 0;
          const seated = (candidates[step] ?? [])
            .filter((one) => !taken.has(one))
            .map((one) => 1 + most(step + 1, new Set([...taken, one])));
          return Math.max(most(step + 1, taken), ...seated);
        };
        expect(candidates.length - stepsLeftOver(oneOf(...candidates)).length).toBe(most(0, new Set()));
      }),
    );
  });

  it('holds in the newest version that has begun', () => {
    const versions = [
      { number: 3, effectiveOn: '2026-12-01' },
      { number: 2, effectiveOn: '2026-11-01' },
      { number: 1, effectiveOn: '2026-11-15' },
    ];
    expect(versionOn(versions, '2026-10-31')).toBeUndefined();
    expect(versionOn(versions, '2026-11-20')?.number).toBe(2);
    expect(versionOn(versions, '2026-12-01')?.number).toBe(3);
  });
});
