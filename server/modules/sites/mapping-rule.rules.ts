import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { MappingConditions } from '../../../contracts/ways.ts';

/** What a rule asks of a resource: as citizens read it, and where its own unit put it. */
export interface MappedFacts {
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly terms: readonly string[];
}

/** A column in which the unit of a resource placed it. */
export interface SourceColumn {
  readonly id: string;
  readonly unitId: string;
  /** Null when nobody asked for kinds. */
  readonly unitKind: string | null;
}

type Source = Pick<MappingConditions, 'sourceColumnId' | 'unitId' | 'unitKind'>;

export function isSource(rule: Source, column: SourceColumn): boolean {
  if (rule.sourceColumnId !== null) return rule.sourceColumnId === column.id;
  if (rule.unitId !== null) return rule.unitId === column.unitId;
  return rule.unitKind === column.unitKind;
}

/** Whether every condition that the rule states holds; a rule without conditions takes all of its sources. */
export function suits(
  rule: Pick<MappingConditions, 'types' | 'term' | 'keyword'>,
  facts: MappedFacts,
  /** The term of the rule and all that is narrower. */
  narrower: ReadonlySet<string>,
): boolean {
  if (rule.types.length > 0 && !rule.types.includes(facts.type)) return false;
  if (rule.term !== null && !facts.terms.some((term) => narrower.has(term))) return false;
  return rule.keyword === null || facts.title.toLowerCase().includes(rule.keyword.toLowerCase());
}
