import type { Reader } from '../../platform/http.ts';
import { columnFigures, columnsOfSites } from './column.queries.ts';
import { isOverdue, takesEntries } from './column.rules.ts';
import { allSites } from './site.queries.ts';
import { canFill } from './sites.policy.ts';

export interface OverdueColumn {
  readonly columnId: string;
  readonly name: string;
  readonly siteName: string;
  readonly lastEntryAt: Date | null;
  readonly updateDays: number;
}

/** Columns that the reader's unit keeps filled and that have waited longer than their rule allows. */
export async function overdueColumns(reader: Reader): Promise<readonly OverdueColumn[]> {
  const sites = new Map((await allSites(reader.db)).map((site) => [site.id, site]));
  const columns = (await columnsOfSites(reader.db, [...sites.keys()])).filter(
    (column) =>
      column.updateDays !== null && takesEntries(column.kind) && canFill(reader.actor, column.unitId),
  );
  const figures = await columnFigures(
    reader.db,
    columns.map((column) => column.id),
  );
  return columns.flatMap((column) => {
    const lastEntryAt = figures.get(column.id)?.lastEntryAt ?? null;
    const facts = { updateDays: column.updateDays, lastEntryAt, closed: column.closedAt !== null };
    if (column.updateDays === null || !isOverdue(facts, reader.now)) return [];
    const siteName = sites.get(column.siteId)?.shortName ?? '';
    return [{ columnId: column.id, name: column.name, siteName, lastEntryAt, updateDays: column.updateDays }];
  });
}
