import type { Term, TermState } from '../../../contracts/vocabulary.ts';
import { AppError } from '../../platform/errors.ts';

/** A vocabulary by code. */
export type TermTable = ReadonlyMap<string, Term>;

export function hasEnded({ validUntil }: Pick<TermState, 'validUntil'>, day: string): boolean {
  return validUntil !== null && validUntil <= day;
}

const deepest = 8;

function refuse(code: string, message: string, field: string): never {
  throw new AppError('invalid', code, message, { details: { problems: [{ field, message }] } });
}

/** Throws when the term cannot be so among the others; `terms` may hold the term as it was before. */
export function requireState(terms: TermTable, code: string, state: TermState, day: string): void {
  requireName(terms, code, state, day);
  requireParent(terms, code, state);
  requireEnd(terms, code, state);
}

function requireName(terms: TermTable, code: string, state: TermState, day: string): void {
  if (hasEnded(state, day)) return;
  const twin = [...terms.values()].find(
    (one) => one.code !== code && one.label === state.label && !hasEnded(one, day),
  );
  if (twin) refuse('vocabulary.name-taken', `已经有叫“${state.label}”的词（${twin.code}）。`, 'label');
}

function requireParent(terms: TermTable, code: string, { parent }: TermState): void {
  let above = parent;
  for (let depth = 1; above !== null; depth += 1) {
    if (above === code) refuse('vocabulary.loop', '上级不能是它自己，也不能是它的下级。', 'parent');
    if (depth >= deepest) refuse('vocabulary.term-invalid', `词表最多 ${String(deepest)} 层。`, 'parent');
    const next = terms.get(above);
    if (!next) refuse('vocabulary.term-not-found', `没有代码为 ${above} 的上级。`, 'parent');
    above = next.parent;
  }
}

function requireEnd(terms: TermTable, code: string, state: TermState): void {
  const { validFrom, validUntil, replacedBy } = state;
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) {
    refuse('vocabulary.term-invalid', '停用日期不能早于启用日期。', 'validUntil');
  }
  if (replacedBy === null) return;
  if (validUntil === null) {
    refuse('vocabulary.term-invalid', '被替代的词要有停用日期。', 'validUntil');
  }
  let next: string | null = replacedBy;
  for (const seen = new Set<string>(); next !== null;) {
    if (next === code || seen.has(next))
      refuse('vocabulary.loop', '替代关系不能绕回到它自己。', 'replacedBy');
    seen.add(next);
    const term = terms.get(next);
    if (!term) refuse('vocabulary.term-not-found', `没有代码为 ${next} 的替代词。`, 'replacedBy');
    next = term.replacedBy;
  }
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
