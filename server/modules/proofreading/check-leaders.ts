import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import type { LeaderRule } from '../../../contracts/rule-set.ts';
import type { CheckedText, Checker, TextPart } from './checked-text.ts';
import { type NormalText, normalize, normalizeTerm, textOf, writtenRange } from './normal-text.ts';
import { buildAutomaton } from './term-automaton.ts';

/** Leaders of one list, on whatever days they are in office. */
export interface LeaderSet {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly rules: readonly LeaderRule[];
}

export const leaderCheck = 'leaders';

interface Leader {
  readonly set: LeaderSet;
  readonly rule: LeaderRule;
  readonly titles: ReadonlySet<string>;
}

/** A name or a title where it stands in a text. */
interface Mention {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

interface Named extends Mention {
  readonly leader: Leader;
}

interface Problem {
  readonly at: Mention;
  readonly leader: Leader;
  readonly suggestion: string | null;
  readonly message: string;
}

/** What is read of a part. */
interface Reading {
  readonly text: string;
  readonly names: readonly Named[];
  readonly titles: readonly Mention[];
}

/**
 * Finds a title beside a leader's name that is not theirs, and leaders in an enumeration in another order than the
 * list's. Only titles of the lists are known: whatever else stands beside a name is left alone.
 */
export function createLeaderChecker(sets: readonly LeaderSet[]): Checker {
  const leaders = sets.flatMap((set) =>
    set.rules.map((rule) => ({ set, rule, titles: new Set(rule.titles.map(normalizeTerm)) })),
  );
  const names = leaders.map(({ rule }) => normalizeTerm(rule.name));
  const words = [...new Set([...names, ...leaders.flatMap(({ titles }) => [...titles])])].sort();
  const automaton = buildAutomaton(words);
  const read = (normal: NormalText, inOffice: ReadonlyMap<string, Leader>): Reading => {
    const named: Named[] = [];
    const titles: Mention[] = [];
    automaton.scan(normal.codes, (index, start, end) => {
      const word = words[index] ?? '';
      const leader = inOffice.get(word);
      if (leader) named.push({ start, end, word, leader });
      else titles.push({ start, end, word });
    });
    return { text: textOf(normal), names: named, titles };
  };
  const findIn = (part: TextPart, inOffice: ReadonlyMap<string, Leader>): readonly Finding[] => {
    const normal = normalize(part.text);
    const reading = read(normal, inOffice);
    const problems = [...wrongTitles(reading), ...wrongOrder(reading)];
    return problems.map((problem) => describe(part, normal, problem));
  };
  return {
    key: leaderCheck,
    reach: 'part',
    name: '领导人',
    rules: [],
    run({ parts, facts }: CheckedText) {
      const inOffice = leadersOn(leaders, facts.today);
      return inOffice.size === 0 ? [] : parts.flatMap((part) => findIn(part, inOffice));
    },
  };
}

/** By name, those who are in office on a day. */
function leadersOn(leaders: readonly Leader[], day: string): ReadonlyMap<string, Leader> {
  const inOffice = leaders.filter(
    ({ rule }) => (rule.from === null || rule.from <= day) && (rule.to === null || day <= rule.to),
  );
  return new Map(inOffice.map((leader) => [normalizeTerm(leader.rule.name), leader]));
}

/** Titles that speak of another time, or of another post than the word alone says. */
const changedBy = /[原前副代任]$/u;
const joinsTitles = /[、兼和]$/u;

function wrongTitles({ text, names, titles }: Reading): readonly Problem[] {
  const endingAt = Map.groupBy(titles, (title) => title.end);
  const startingAt = Map.groupBy(titles, (title) => title.start);
  const nameAt = new Set(names.map((name) => name.start));
  const longest = (some: readonly Mention[] | undefined): Mention | undefined =>
    some?.toSorted((one, other) => other.word.length - one.word.length)[0];
  const before = (name: Named): readonly Mention[] => {
    const chain: Mention[] = [];
    for (let title = longest(endingAt.get(name.start)); title;) {
      chain.push(title);
      const joined = joinsTitles.test(text.slice(0, title.start));
      title = joined ? longest(endingAt.get(title.start - 1)) : undefined;
    }
    return chain;
  };
  const after = (name: Named): readonly Mention[] => {
    const title = longest(startingAt.get(name.end));
    // It may belong to whoever is named next.
    return title && !nameAt.has(title.end) ? [title] : [];
  };
  return names.flatMap((name) => {
    const { leader } = name;
    return [...before(name), ...after(name)]
      .filter(({ word, start }) => !leader.titles.has(word) && !changedBy.test(text.slice(start - 1, start)))
      .map((title) => ({ at: title, leader, ...titleAdvice(leader, title.word) }));
  });
}

function titleAdvice({ rule }: Leader, wrong: string): Pick<Problem, 'suggestion' | 'message'> {
  return {
    suggestion: rule.titles.length === 1 ? (rule.titles[0] ?? null) : null,
    message: `${rule.name}的职务是${rule.titles.join('、')}，这里写作“${wrong}”。`,
  };
}

const between = /^[、，,和及与\s]$/u;

function wrongOrder({ text, names, titles }: Reading): readonly Problem[] {
  const startingAt = Map.groupBy(titles, (title) => title.start);
  const isEnumeration = (from: number, to: number): boolean => {
    let at = from;
    while (at < to) {
      const title = startingAt.get(at)?.reduce((one, other) => (other.end > one.end ? other : one));
      if (title && title.end <= to) at = title.end;
      else if (between.test(text.charAt(at))) at += 1;
      else return false;
    }
    return true;
  };
  return names.flatMap((name, index): readonly Problem[] => {
    const previous = names[index - 1];
    if (!previous || previous.leader.set !== name.leader.set) return [];
    if (previous.leader.rule.rank <= name.leader.rule.rank) return [];
    if (!isEnumeration(previous.end, name.start)) return [];
    const { leader } = name;
    const message = `按“${leader.set.name}”的顺序，${leader.rule.name}应排在${previous.leader.rule.name}之前。`;
    return [{ at: name, leader, suggestion: null, message }];
  });
}

const mostFound = 200;

function describe({ part, text }: TextPart, normal: NormalText, problem: Problem): Finding {
  const { set, rule } = problem.leader;
  const { start, end } = writtenRange(normal, problem.at.start, problem.at.end);
  return {
    check: leaderCheck,
    rule: `${set.id}:${rule.name}`,
    ruleName: set.name,
    severity: set.severity,
    place: { part, start, end },
    found: text.slice(start, end).slice(0, mostFound),
    suggestion: problem.suggestion,
    message: problem.message,
  };
}
