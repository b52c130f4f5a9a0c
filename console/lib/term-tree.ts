import type { Term } from '../../contracts/vocabulary.ts';
import { pinyinInitials } from './pinyin-initials.ts';

export interface TermNode {
  readonly key: string;
  readonly term: Term;
  readonly children?: TermNode[];
}

/** The flat list as a tree; a term whose parent is not in the list stands on top. */
export function termTree(terms: readonly Term[]): TermNode[] {
  const codes = new Set(terms.map(({ code }) => code));
  const below = Map.groupBy(terms, ({ parent }) => (parent !== null && codes.has(parent) ? parent : null));
  const nodesUnder = (parent: string | null): TermNode[] =>
    (below.get(parent) ?? []).map((term) => {
      const children = nodesUnder(term.code);
      return { key: term.code, term, ...(children.length === 0 ? {} : { children }) };
    });
  return nodesUnder(null);
}

/** `财政、金融与审计 / 税务` */
export function termTrail(terms: ReadonlyMap<string, Term>, term: Term): string {
  const parent = term.parent === null ? undefined : terms.get(term.parent);
  return parent === undefined ? term.label : `${termTrail(terms, parent)} / ${term.label}`;
}

/** All that a term may be looked for by: its names, its code and the initials of its names. */
export function searchText({ label, synonyms, code }: Term): string {
  const names = [label, ...synonyms];
  return [...names, code, ...names.map(pinyinInitials)].join('\n').toLowerCase();
}

/** The terms that hold the words, with all that is broader. */
export function termsFound(terms: readonly Term[], words: string): readonly Term[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return terms;
  const byCode = new Map(terms.map((term) => [term.code, term]));
  const kept = new Set<string>();
  for (const term of terms) {
    if (!searchText(term).includes(wanted)) continue;
    for (let next: Term | undefined = term; next !== undefined && !kept.has(next.code);) {
      kept.add(next.code);
      next = next.parent === null ? undefined : byCode.get(next.parent);
    }
  }
  return terms.filter(({ code }) => kept.has(code));
}
