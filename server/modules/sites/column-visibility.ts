import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { columnsOfSites, filledColumns, sitesThatHideEmpty } from './column.queries.ts';
import { holding, shownColumnIds } from './column.rules.ts';
import { columnBlockTag, columnTag, sitesEvents, siteTag } from './events.ts';
import { lastArchiveBlock } from './listing.rules.ts';

export interface ShownColumn {
  readonly id: string;
  readonly siteId: string;
  readonly lastSequence: string;
}

/** The columns of some sites that citizens see now. */
export async function shownColumns(
  db: Db,
  siteIds: readonly string[],
): Promise<ReadonlyMap<string, ShownColumn>> {
  const columns = await columnsOfSites(db, siteIds);
  const shown = shownColumnIds(columns, await filledIfAsked(db, columns));
  return new Map(columns.filter((column) => shown.has(column.id)).map((column) => [column.id, column]));
}

/** Whether a column, or one below it that is open, shows anything or leads elsewhere. */
export async function holdsEntries(
  db: Db,
  column: { readonly id: string; readonly siteId: string },
): Promise<boolean> {
  const columns = await columnsOfSites(db, [column.siteId]);
  const ids = columns.map((one) => one.id);
  return holding(columns, await filledColumns(db, ids)).has(column.id);
}

/** Whether columns hold entries matters only where some column hides without them. */
export async function filledIfAsked(
  db: Db,
  columns: readonly { readonly id: string; readonly hiddenWhenEmpty: boolean }[],
): Promise<ReadonlySet<string>> {
  if (!columns.some((column) => column.hiddenWhenEmpty)) return new Set();
  return filledColumns(
    db,
    columns.map((column) => column.id),
  );
}

/**
 * Every page of columns that appeared or vanished, and every page of their sites, whose navigation changed.
 * An archive page that is to appear is named, because no page is there yet that could hold a tag.
 */
export function tagsOfVisibility(
  before: ReadonlyMap<string, ShownColumn>,
  after: ReadonlyMap<string, ShownColumn>,
): readonly string[] {
  const tags = new Set<string>();
  for (const column of [...before.values()].filter((one) => !after.has(one.id))) {
    tags.add(columnTag(column.id)).add(siteTag(column.siteId));
  }
  for (const column of [...after.values()].filter((one) => !before.has(one.id))) {
    tags.add(columnTag(column.id)).add(siteTag(column.siteId));
    for (let block = 1; block <= lastArchiveBlock(column.lastSequence); block += 1) {
      tags.add(columnBlockTag(column.id, block));
    }
  }
  return [...tags];
}

/** Runs what lists or unlists entries in locked columns, and tells of columns that it makes appear or vanish. */
export async function tellVisibility(
  ctx: Ctx,
  columnIds: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const siteIds = await sitesThatHideEmpty(ctx.db, columnIds);
  const before = await shownColumns(ctx.db, siteIds);
  await act();
  const tags = tagsOfVisibility(before, await shownColumns(ctx.db, siteIds));
  if (tags.length > 0) {
    await ctx.announce({ name: sitesEvents.siteChanged, tags, payload: {}, priority: 1 });
  }
}
