import type { ColumnKind, EntryPart, ResponsibilityEntry } from '../../../contracts/sites.ts';
import { takesEntries } from './column.rules.ts';

/** What an entry does not say although it must; what is closed or gathers others need say nothing more. */
export function missingIn(
  entry: Pick<ResponsibilityEntry, 'gathers' | 'closed' | 'requirement' | 'rule' | 'ways'> & {
    readonly responsible: { readonly active: boolean } | null;
    readonly contact: { readonly active: boolean } | null;
  },
): EntryPart[] {
  if (entry.closed) return [];
  const missing: EntryPart[] = [];
  // Whoever left answers for nothing any more.
  if (entry.responsible?.active !== true) missing.push('responsible');
  if (entry.contact?.active !== true) missing.push('contact');
  if (entry.gathers) return missing;
  if (entry.rule === null) missing.push('rule');
  if (entry.requirement === '') missing.push('requirement');
  if (entry.ways.length === 0) missing.push('ways');
  return missing;
}

/** The names from the first level down to each column's own. */
export function levelsOf(
  columns: readonly { readonly id: string; readonly parentId: string | null; readonly name: string }[],
): ReadonlyMap<string, string[]> {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const namesTo = (id: string): string[] => {
    const column = byId.get(id);
    if (!column) return [];
    return [...(column.parentId === null ? [] : namesTo(column.parentId)), column.name];
  };
  return new Map(columns.map(({ id }) => [id, namesTo(id)]));
}

export const gathers = ({ kind }: { readonly kind: ColumnKind }): boolean => !takesEntries(kind);
