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

/** Who stands in several lists is one person, with the titles of all of them. */
interface Named extends Mention {
  readonly leaders: readonly Leader[];
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
  const read = (normal: NormalText, inOffice: InOffice): Reading => {
    const named: Named[] = [];
    const titles: Mention[] = [];
    automaton.scan(normal.codes, (index, start, end) => {
      const word = words[index] ?? '';
      const held = inOffice.get(word);
      if (held) named.push({ start, end, word, leaders: held });
      else titles.push({ start, end, word });
    });
    return { text: textOf(normal), names: named, titles };
  };
  const findIn = (part: TextPart, inOffice: InOffice): readonly Finding[] => {
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

type InOffice = ReadonlyMap<string, readonly Leader[]>;

/** By name, those who are in office on a day, as each list knows them. */
function leadersOn(leaders: readonly Leader[], day: string): InOffice {
  const inOffice = leaders.filter(
    ({ rule }) => (rule.from === null || rule.from <= day) && (rule.to === null || day <= rule.to),
  );
  return Map.groupBy(inOffice, (leader) => normalizeTerm(leader.rule.name));
}

/** Titles that speak of another time, or of another post than the word alone says. */
const changedBy = /[原前副代任]$/u;
const joinsTitles = /^[、兼和]$/u;

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
      const joined = joinsTitles.test(text.charAt(title.start - 1));
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
    const { leaders } = name;
    const isTheirs = (word: string): boolean => leaders.some(({ titles: own }) => own.has(word));
    return [...before(name), ...after(name)]
      .filter(({ word, start }) => !isTheirs(word) && !changedBy.test(text.slice(start - 1, start)))
      .flatMap((title) => toldBy(leaders, title, titleAdvice(leaders, title.word)));
  });
}

/** By the first list that knows them. */
function toldBy(
  [leader]: readonly Leader[],
  at: Mention,
  advice: Pick<Problem, 'suggestion' | 'message'>,
): readonly Problem[] {
  return leader ? [{ at, leader, ...advice }] : [];
}

function titleAdvice(leaders: readonly Leader[], wrong: string): Pick<Problem, 'suggestion' | 'message'> {
  const titles = [...new Set(leaders.flatMap(({ rule }) => rule.titles))];
  const name = leaders[0]?.rule.name ?? '';
  return {
    suggestion: titles.length === 1 ? (titles[0] ?? null) : null,
    message: `${name}的职务是${titles.join('、')}，这里写作“${wrong}”。`,
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
    if (!previous) return [];
    const wrong = crossedLists(previous, name);
    if (!wrong || !isEnumeration(previous.end, name.start)) return [];
    const [{ rule: first }, leader] = wrong;
    const message = `按“${leader.set.name}”的顺序，${leader.rule.name}应排在${first.name}之前。`;
    return [{ at: name, leader, suggestion: null, message }];
  });
}

/** Both as the first list knows them that has both; undefined where the order is that of any list. */
function crossedLists(previous: Named, name: Named): readonly [Leader, Leader] | undefined {
  const pairs = name.leaders.flatMap((leader) =>
    previous.leaders
      .filter((one) => one.set === leader.set)
      .map((one): readonly [Leader, Leader] => [one, leader]),
  );
  return pairs.every(([one, other]) => one.rule.rank > other.rule.rank) ? pairs[0] : undefined;
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
