import type { Column, Site } from '../../contracts/sites.ts';

/** Columns as options of one select, each with its site. */
export function columnOptions(
  columns: readonly Column[],
  sites: readonly Site[],
): { value: string; label: string }[] {
  const names = new Map(sites.map((site) => [site.id, site.shortName]));
  return columns.map((column) => ({
    value: column.id,
    label: `${names.get(column.siteId) ?? ''} / ${column.name}`,
  }));
}
