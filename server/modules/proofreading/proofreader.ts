import { setImmediate as breathe } from 'node:timers/promises';

import type { ResourceContent, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import { type Finding, mostCheckedCharacters, mostFindings } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import { createLeaderChecker, type LeaderSet } from './check-leaders.ts';
import { createPatternChecker, type PatternSet } from './check-patterns.ts';
import { type CheckedText, type Checker, type CheckFacts, type FileText, partsOf } from './checked-text.ts';
import { standingsOn } from './check-standing.queries.ts';
import { weighFindings } from './check-standing.rules.ts';
import type { Standings } from './check-standing.types.ts';
import { createWordChecker, type WordSet } from './check-words.ts';
import { stepsOf } from './checker-steps.ts';
import { holdLatest } from './hold-latest.ts';
import { maskFindings } from './mask-findings.ts';
import { currentGeneration, rulesOfSet, setsInForce } from './rule-set.queries.ts';
import { byWeight } from './severity.rules.ts';
import type { Checked } from './submission.types.ts';

/** A content to be checked, with what was read in its files. */
export interface TextToCheck {
  readonly key: ResourceTypeKey;
  readonly type: Pick<ResourceType, 'fields'>;
  readonly content: ResourceContent;
  readonly files: readonly FileText[];
  readonly facts: CheckFacts;
  /** Checkers that know of this moment what this text needs: hosts, links, emblems. */
  readonly ofTheMoment?: readonly Checker[];
}

export interface Proofreader {
  /** Brings the rules up to date; what is checked next goes by them. Says by which generation. */
  readonly ready: (db: Db, day: string) => Promise<string>;
  /** After `ready`. Others get their turn between two steps. */
  readonly check: (text: TextToCheck) => Promise<Checked>;
}

/** Milliseconds after which others get their turn. */
const breathAfter = 5;

/** What the operators have said, ready to check with. */
interface Rules {
  readonly checkers: readonly Checker[];
  readonly standings: Standings;
}

/**
 * Runs all checkers over a text. What the operators' rules compile to is held until they change: asking whether they
 * did costs one row. `others` are the checkers that need no rule sets.
 */
export function createProofreader(others: readonly Checker[] = []): Proofreader {
  const compiled = holdLatest<Rules>();
  let rules: Rules | undefined;
  return {
    async ready(db, day) {
      const generation = await currentGeneration(db);
      rules = await compiled.get(`${generation} ${day}`, async () => ({
        standings: await standingsOn(db, day),
        checkers: await compileRules(db, day),
      }));
      return generation;
    },
    async check(text) {
      if (!rules) throw new Error('rules are read before a text is checked');
      const { checkers, standings } = rules;
      const { parts, complete } = bounded(partsOf(text.content, text.type, text.files));
      const checked: CheckedText = { type: text.key, content: text.content, parts, facts: text.facts };
      const findings: Finding[] = [];
      let since = performance.now();
      for (const checker of [...checkers, ...others, ...(text.ofTheMoment ?? [])]) {
        for (const found of stepsOf(checker, checked)) {
          for (const one of found) findings.push(one);
          if (performance.now() - since < breathAfter) continue;
          await breathe();
          since = performance.now();
        }
      }
      // Of too many the weightiest are told: what blocks is never among those left out.
      const sorted = weighFindings(findings, standings).toSorted(byWeight);
      const heaviestLeftOut = sorted[mostFindings]?.severity ?? null;
      return {
        findings: inReadingOrder(
          maskFindings(sorted.slice(0, mostFindings), findings, text.facts.today),
          parts,
        ).map(wellFormed),
        complete: complete && heaviestLeftOut === null,
        heaviestLeftOut,
      };
    },
  };
}

/** What is cut may end in half a character, which no database takes. */
const wellFormed = (finding: Finding): Finding => ({
  ...finding,
  found: finding.found.toWellFormed(),
  suggestion: finding.suggestion?.toWellFormed() ?? null,
  message: finding.message.toWellFormed(),
});

async function compileRules(db: Db, day: string): Promise<readonly Checker[]> {
  const words: WordSet[] = [];
  const leaders: LeaderSet[] = [];
  const patterns: PatternSet[] = [];
  for (const set of await setsInForce(db, day)) {
    if (set.kind === 'word') words.push({ ...set, rules: await rulesOfSet(db, set.id) });
    else if (set.kind === 'leader') leaders.push({ ...set, rules: await rulesOfSet(db, set.id) });
    else patterns.push({ ...set, rules: await rulesOfSet(db, set.id) });
  }
  // Each pattern is a step of its own: one over a long text takes its time.
  const onePattern = patterns.flatMap((set) => set.rules.map((rule) => ({ ...set, rules: [rule] })));
  return [
    createWordChecker(words),
    createLeaderChecker(leaders),
    ...onePattern.map((set) => createPatternChecker([set])),
  ];
}

type Parts = CheckedText['parts'];

function bounded(parts: Parts): { readonly parts: Parts; readonly complete: boolean } {
  let left = mostCheckedCharacters;
  const kept = parts.map((part) => {
    const text = part.text.slice(0, left);
    left -= text.length;
    return { ...part, text };
  });
  const complete = kept.every((part, index) => part.text.length === parts[index]?.text.length);
  return { parts: kept.filter((part) => part.text !== ''), complete };
}

function inReadingOrder(findings: readonly Finding[], parts: Parts): Finding[] {
  const order = new Map(parts.map(({ part }, index) => [part, index]));
  const placeOf = ({ place }: Finding): number => order.get(place.part) ?? parts.length;
  return findings.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || one.place.start - other.place.start,
  );
}
