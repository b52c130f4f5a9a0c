import { RE2JS } from 're2js';

import type { Finding, Severity } from '../../../contracts/proofreading.ts';
import type { PatternRule } from '../../../contracts/rule-set.ts';
import { AppError } from '../../platform/errors.ts';
import type { CheckedText, Checker, TextPart } from './checked-text.ts';
import { enough } from './severity.rules.ts';

export interface PatternSet {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly rules: readonly PatternRule[];
}

export const patternCheck = 'patterns';

/** Time is at most this times the length of the text, whatever the pattern. */
const largestProgram = 1_000;
/** All of one set together: each of them goes through every text. */
const largestPrograms = 4_000;
const mostFound = 200;

/**
 * The pattern as RE2 reads it: it cannot take exponential time, because it knows neither back references nor
 * looking around. Refused with the reason when it is broken, too large, or matches nothing at all.
 */
export function requirePattern({ name, pattern }: PatternRule): void {
  const refuse = (reason: string): never => {
    throw new AppError('invalid', 'proofreading.pattern-refused', `句式“${name}”不能使用：${reason}`, {
      details: { name, pattern },
    });
  };
  const compiled = compile(pattern);
  if (typeof compiled === 'string') {
    refuse(`写法有误，或用了不支持的写法（反向引用、环视等）：${compiled}`);
    return;
  }
  if (compiled.programSize() > largestProgram) refuse('过于复杂，请减少重复次数或拆成几条。');
  if (compiled.matcher('').matches()) refuse('它与空白也相符，会处处命中。');
}

/** All patterns of a set together take no longer than a text may take. */
export function requirePatternsTogether(rules: readonly PatternRule[]): void {
  const sizes = rules
    .map(({ pattern }) => compile(pattern))
    .map((one) => (typeof one === 'string' ? 0 : one.programSize()));
  if (sizes.reduce((sum, size) => sum + size, 0) <= largestPrograms) return;
  throw new AppError(
    'invalid',
    'proofreading.pattern-refused',
    '这一套的句式合在一起过于复杂，会使每篇稿件的检查变慢，请减少重复次数或删去几条。',
  );
}

/** The compiled pattern, or what is wrong with it. */
function compile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern, RE2JS.MULTILINE);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}

export function createPatternChecker(sets: readonly PatternSet[]): Checker {
  const compiled = sets.flatMap((set) =>
    set.rules.map((rule) => ({ set, rule, pattern: RE2JS.compile(rule.pattern, RE2JS.MULTILINE) })),
  );
  return {
    key: patternCheck,
    reach: 'part',
    name: '句式',
    rules: [],
    run: (text: CheckedText) =>
      text.parts.flatMap((part) => compiled.flatMap((one) => findIn(part, one.set, one.rule, one.pattern))),
  };
}

function findIn(
  { part, text }: TextPart,
  set: PatternSet,
  rule: PatternRule,
  pattern: RE2JS,
): readonly Finding[] {
  const findings: Finding[] = [];
  const matcher = pattern.matcher(text);
  while (findings.length < enough && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end === start) continue;
    findings.push({
      check: patternCheck,
      rule: `${set.id}:${rule.name}`,
      ruleName: set.name,
      severity: rule.severity ?? set.severity,
      place: { part, start, end },
      found: text.slice(start, end).slice(0, mostFound),
      suggestion: null,
      message: rule.message,
    });
  }
  return findings;
}
