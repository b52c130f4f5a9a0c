/** Where a thing stands and how it is classified: all that decides who receives it. */
export interface Stand {
  readonly siteId: string | null;
  /** Of the column, in its site. */
  readonly path: string | null;
  /** Null of what is no information, as a column. */
  readonly type: string | null;
  /** With everything broader. */
  readonly terms: readonly string[];
}

export interface ColumnPlace {
  readonly siteId: string;
  readonly path: string;
}

/** A rule of a split, with its columns looked up. */
export interface PlacedRule {
  readonly receiver: number;
  readonly siteIds: readonly string[];
  readonly columns: readonly ColumnPlace[];
  readonly terms: readonly string[];
  readonly types: readonly string[];
}

const standsBelow = ({ siteId, path }: Stand, column: ColumnPlace): boolean =>
  siteId === column.siteId && (path?.startsWith(column.path) ?? false);

function isPlaced(rule: PlacedRule, stand: Stand): boolean {
  if (rule.siteIds.length === 0 && rule.columns.length === 0) return true;
  if (stand.siteId !== null && rule.siteIds.includes(stand.siteId)) return true;
  return rule.columns.some((column) => standsBelow(stand, column));
}

function holds(rule: PlacedRule, stand: Stand): boolean {
  return (
    isPlaced(rule, stand) &&
    (rule.terms.length === 0 || rule.terms.some((term) => stand.terms.includes(term))) &&
    (rule.types.length === 0 || (stand.type !== null && rule.types.includes(stand.type)))
  );
}

/** Who receives a thing: by the first rule that holds; null where none does, and it belongs to the rest. */
export function receiverOf(rules: readonly PlacedRule[], stand: Stand): number | null {
  return rules.find((rule) => holds(rule, stand))?.receiver ?? null;
}
