import { hasEnded, type Term, type TermState } from '../../../contracts/vocabulary.ts';
import { AppError } from '../../platform/errors.ts';

/** A vocabulary by code. */
export type TermTable = ReadonlyMap<string, Term>;

/** A term as it is to be. */
export type NamedTerm = Pick<Term, 'code'> & TermState;
type Named = ReadonlyMap<string, NamedTerm>;

const deepest = 8;

function refuse(code: string, message: string, field: string): never {
  throw new AppError('invalid', code, message, { details: { problems: [{ field, message }] } });
}

/** Throws when the term cannot be so among the others; `terms` may hold the term as it was before. */
export function requireState(terms: TermTable, term: NamedTerm, day: string): void {
  stateCheck(terms, [term], day)(term);
}

/**
 * The same for terms that change together. The vocabulary that would be is walked through once: a row of a long file is
 * judged as fast as one of a short file.
 */
export function stateCheck(
  terms: TermTable,
  changed: readonly NamedTerm[],
  day: string,
): (term: NamedTerm) => void {
  const after: Named = new Map([...terms, ...changed.map((term) => [term.code, term] as const)]);
  const all = [...after.values()];
  const holding = Map.groupBy(
    all.filter((term) => !hasEnded(term, day)),
    ({ label }) => label,
  );
  const narrower = Map.groupBy(all, ({ parent }) => parent);
  const endless = endlesslyReplaced(after);
  return (term) => {
    if (!hasEnded(term, day)) requireName(holding, term);
    requirePlace(after, narrower, term);
    requireEnd(after, endless, term);
  };
}

function requireName(holding: ReadonlyMap<string, readonly NamedTerm[]>, { code, label }: NamedTerm): void {
  const twin = holding.get(label)?.find((one) => one.code !== code);
  if (twin) refuse('vocabulary.name-taken', `已经有叫“${label}”的词（${twin.code}）。`, 'label');
}

/** A term brings what stands below it along, so that the way down counts as much as the way up. */
function requirePlace(
  terms: Named,
  narrower: ReadonlyMap<string | null, readonly NamedTerm[]>,
  { code, parent }: NamedTerm,
): void {
  const tooDeep = () => refuse('vocabulary.term-invalid', `词表最多 ${String(deepest)} 层。`, 'parent');
  let depth = 1;
  for (let above = parent; above !== null; depth += 1) {
    if (above === code) refuse('vocabulary.loop', '上级不能是它自己，也不能是它的下级。', 'parent');
    if (depth >= deepest) tooDeep();
    const next = terms.get(above);
    if (!next) refuse('vocabulary.term-not-found', `没有代码为 ${above} 的上级。`, 'parent');
    above = next.parent;
  }
  // It stands in no circle, so nothing below it does.
  for (let level = narrower.get(code); level !== undefined && level.length > 0; depth += 1) {
    if (depth >= deepest) tooDeep();
    level = level.flatMap((term) => narrower.get(term.code) ?? []);
  }
}

/** Those of which no replacement is the last. */
function endlesslyReplaced(terms: Named): ReadonlySet<string> {
  const endless = new Set<string>();
  const judged = new Set<string>();
  for (const start of terms.keys()) {
    const way = new Set<string>();
    let next: string | null = start;
    while (next !== null && !judged.has(next) && !way.has(next)) {
      way.add(next);
      next = terms.get(next)?.replacedBy ?? null;
    }
    const isEndless = next !== null && (way.has(next) || endless.has(next));
    for (const code of way) {
      judged.add(code);
      if (isEndless) endless.add(code);
    }
  }
  return endless;
}

function requireEnd(terms: Named, endless: ReadonlySet<string>, term: NamedTerm): void {
  const { code, validFrom, validUntil, replacedBy } = term;
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) {
    refuse('vocabulary.term-invalid', '停用日期不能早于启用日期。', 'validUntil');
  }
  if (replacedBy === null) return;
  if (validUntil === null) {
    refuse('vocabulary.term-invalid', '被替代的词要有停用日期。', 'validUntil');
  }
  if (!terms.has(replacedBy)) {
    refuse('vocabulary.term-not-found', `没有代码为 ${replacedBy} 的替代词。`, 'replacedBy');
  }
  if (endless.has(code)) refuse('vocabulary.loop', '替代关系不能绕回到它自己。', 'replacedBy');
}

/** Blanks and repetitions are no difference, and a term is no synonym of itself. */
export function tidyState(state: TermState): TermState {
  const label = state.label.trim();
  const synonyms = [...new Set(state.synonyms.map((word) => word.trim()))];
  return { ...state, label, synonyms: synonyms.filter((word) => word !== '' && word !== label) };
}

export function stateOf({
  label,
  synonyms,
  parent,
  validFrom,
  validUntil,
  replacedBy,
}: TermState): TermState {
  return { label, synonyms: [...synonyms], parent, validFrom, validUntil, replacedBy };
}

export function isSameState(one: TermState, other: TermState): boolean {
  return JSON.stringify(stateOf(one)) === JSON.stringify(stateOf(other));
}
