import { mostSteps, type ReviewStep, usualPeople } from '../../../contracts/review.ts';
import type { ChainRule, ChainSubject } from './chain.types.ts';

/** 三审 (rules R68): three steps, three different people. Always there; holds where no other chain does. */
export const defaultChain: readonly ReviewStep[] = [
  { key: 'first', name: '初审', role: 'reviewer' },
  { key: 'second', name: '复审', role: 'reviewer' },
  { key: 'signature', name: '签发', role: 'principal' },
];
export const defaultChainName = '三审制';

/** How far a condition lies from the subject: 0 is exactly it; none at all lies behind every other; null: it does not hold. */
function distances(rule: ChainRule, subject: ChainSubject): readonly [number, number, number] | null {
  const column = rule.columnId === null ? Infinity : subject.columns.get(rule.columnId);
  const unit = rule.unitId === null ? Infinity : subject.unitLine.indexOf(rule.unitId);
  if (column === undefined || unit < 0) return null;
  if (rule.type !== null && rule.type !== subject.type) return null;
  return [column, unit, rule.type === null ? Infinity : 0];
}

/**
 * The most specific of the chains that hold: the nearest column decides, then the nearest unit, then the type.
 * Work for two columns whose chains are equally near goes the longer way; what is still alike is decided by age.
 */
export function chooseChain<R extends ChainRule & { readonly steps: readonly unknown[] }>(
  rules: readonly R[],
  subject: ChainSubject,
): R | undefined {
  const holding = rules.flatMap((rule) => {
    const near = distances(rule, subject);
    return near ? [{ rule, key: [...near, -rule.steps.length] }] : [];
  });
  holding.sort((a, b) => {
    const at = a.key.findIndex((each, index) => each !== b.key[index]);
    return at < 0 ? Number(a.rule.id) - Number(b.rule.id) : (a.key[at] ?? 0) - (b.key[at] ?? 0);
  });
  return holding[0]?.rule;
}

/** How many different people at least stand behind a revision that went through these steps. */
export function fewestPeople(steps: readonly ReviewStep[]): number {
  return steps.reduce((sum, { quorum, accountIds }) => {
    return sum + (quorum === 'all' && accountIds ? accountIds.length : 1);
  }, 0);
}

export function needsReason(steps: readonly ReviewStep[]): boolean {
  return fewestPeople(steps) < usualPeople;
}

/** What makes these steps no chain, as a sentence for people; null when they are one. */
export function chainProblem(steps: readonly ReviewStep[]): string | null {
  const last = steps.at(-1);
  if (!last || steps.length > mostSteps) return `审核流程要有一到${String(mostSteps)}个环节。`;
  if (new Set(steps.map(({ key }) => key)).size < steps.length) return '环节的标识不能重复。';
  if (new Set(steps.map(({ name }) => name)).size < steps.length) return '环节的名称不能重复。';
  if (last.role !== 'principal' || last.unitId !== undefined)
    return '最后一个环节是签发，只能由本单位签发人办理。';
  const timeless = steps.find((step) => !step.limit && (step.escalateAfter ?? step.escalateTo));
  if (timeless) return `“${timeless.name}”没有时限，不能设置超期报告。`;
  const both = steps.find(({ unitId, accountIds }) => unitId !== undefined && accountIds !== undefined);
  if (both) return `“${both.name}”不能既指定单位又指定人员。`;
  const limited = steps.find((step) => step.opinionDays !== undefined && step.opinionUnitIds === undefined);
  return limited ? `“${limited.name}”没有指定会签单位，不能设会签期限。` : null;
}

/** Who could decide a step, and whether all of them have to. */
export interface StepPeople {
  readonly people: readonly string[];
  readonly isAll: boolean;
}

/**
 * Of some steps, each with its people, those that stay without anybody when everyone decides one step only. Where
 * all have to, they are lost to every other step; of two such steps the earlier has them.
 */
export function stepsLeftOver(steps: readonly StepPeople[]): readonly number[] {
  const bound = new Set<string>();
  const free = (people: readonly string[]) => people.filter((one) => !bound.has(one));
  const lacking: number[] = [];
  for (const [index, { people, isAll }] of steps.entries()) {
    if (!isAll) continue;
    const own = free(people);
    if (own.length === 0) lacking.push(index);
    for (const one of own) bound.add(one);
  }
  const others = steps.flatMap(({ people, isAll }, index) =>
    isAll ? [] : [{ index, people: free(people) }],
  );
  const unmatched = seatedNowhere(others.map(({ people }) => people)).map((at) => others[at]?.index ?? at);
  return [...lacking, ...unmatched].sort((a, b) => a - b);
}

/** A matching: whoever could take either of two steps is given the one that has nobody else. */
function seatedNowhere(candidates: readonly (readonly string[])[]): readonly number[] {
  const taken = new Map<string, number>();
  const seat = (step: number, tried: Set<string>): boolean => {
    for (const person of candidates[step] ?? []) {
      if (tried.has(person)) continue;
      tried.add(person);
      const holder = taken.get(person);
      if (holder === undefined || seat(holder, tried)) {
        taken.set(person, step);
        return true;
      }
    }
    return false;
  };
  return candidates.flatMap((_people, step) => (seat(step, new Set()) ? [] : [step]));
}

/** A version of a chain with the day from which it holds. */
export interface DatedVersion {
  readonly number: number;
  readonly effectiveOn: string;
}

/** The version that holds on a day: the newest of those that have begun. */
export function versionOn<V extends DatedVersion>(versions: readonly V[], day: string): V | undefined {
  return versions
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .reduce<V | undefined>((newest, one) => (newest && newest.number > one.number ? newest : one), undefined);
}
