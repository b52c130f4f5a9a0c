import type { ColumnChange, NewColumn } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { hasColumnAt, insertColumn, movePaths, updateColumn } from './change-column.queries.ts';
import { holdsEntries, shownColumns, tagsOfVisibility } from './column-visibility.ts';
import { columnById, columnForUpdate, type ColumnRow } from './column.queries.ts';
import { columnPath, type PublicPlace, requireFreeSlug, requireNotEmptyOnShow } from './column.rules.ts';
import { columnTag, sitesEvents, siteTag } from './events.ts';
import { holdTree } from './listing-lock.queries.ts';
import { siteById } from './site.queries.ts';
import { requireOperator } from './sites.policy.ts';

async function getColumn(ctx: Ctx, id: string): Promise<ColumnRow> {
  const column = await columnById(ctx.db, id);
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  return column;
}

async function requireUnit(ctx: Ctx, unitId: string): Promise<void> {
  if ((await unitsById(ctx.db, [unitId])).has(unitId)) return;
  throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
}

async function requireFreePath(ctx: Ctx, siteId: string, path: string): Promise<void> {
  if (!(await hasColumnAt(ctx.db, siteId, path))) return;
  throw new AppError('conflict', 'sites.column-path-taken', '同一位置已有使用这个路径名的栏目。');
}

export const createColumn = defineCommand(
  'sites.create-column',
  (input: NewColumn, result: ColumnRow | undefined) => ({
    kind: 'column',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { name: input.name },
  }),
  async (ctx, input): Promise<ColumnRow> => {
    requireOperator(ctx.actor);
    requireNotEmptyOnShow(input.name, placeOf(input));
    await holdTree(ctx.db);
    if (!(await siteById(ctx.db, input.siteId))) {
      throw new AppError('not-found', 'sites.site-not-found', '没有这个站点。');
    }
    const parent = input.parentId === null ? null : await getColumn(ctx, input.parentId);
    if (parent && parent.siteId !== input.siteId) {
      throw new AppError('not-found', 'sites.column-not-found', '上级栏目不在这个站点。');
    }
    const parentPath = parent?.path ?? null;
    requireFreeSlug(parentPath, input.slug);
    const path = columnPath(parentPath, input.slug);
    await requireFreePath(ctx, input.siteId, path);
    await requireUnit(ctx, input.unitId);
    const id = await insertColumn(ctx.db, input, path);
    await announceChange(ctx, { id, siteId: input.siteId }, parent ? [columnTag(parent.id)] : []);
    return getColumn(ctx, id);
  },
);

const placeOf = (wish: Partial<PublicPlace>): PublicPlace => ({
  inNavigation: wish.inNavigation ?? false,
  homePosition: wish.homePosition ?? null,
  hiddenWhenEmpty: wish.hiddenWhenEmpty ?? false,
});

/** Only of a change that puts the column before everybody, or lets it stand there empty. */
async function requireFilledForShow(ctx: Ctx, column: ColumnRow, change: ColumnChange): Promise<void> {
  const { inNavigation, homePosition, hiddenWhenEmpty } = change;
  const puts = inNavigation === true && !column.inNavigation;
  const givesHome = typeof homePosition === 'number' && column.homePosition === null;
  const bares = hiddenWhenEmpty === false && column.hiddenWhenEmpty;
  if (!puts && !givesHome && !bares) return;
  if (await holdsEntries(ctx.db, column)) return;
  requireNotEmptyOnShow(column.name, {
    inNavigation: inNavigation ?? column.inNavigation,
    homePosition: homePosition === undefined ? column.homePosition : homePosition,
    hiddenWhenEmpty: hiddenWhenEmpty ?? column.hiddenWhenEmpty,
  });
}

async function announceChange(
  ctx: Ctx,
  column: { readonly id: string; readonly siteId: string },
  more: readonly string[] = [],
): Promise<void> {
  // The navigation and the site map are on every page, so the whole site follows, behind people's publications.
  await ctx.announce({
    name: sitesEvents.columnChanged,
    tags: [columnTag(column.id), siteTag(column.siteId), ...more],
    payload: { columnId: column.id },
    priority: 1,
  });
}

export interface ColumnChangeInput extends ColumnChange {
  readonly columnId: string;
}

export const changeColumn = defineCommand(
  'sites.change-column',
  (input: ColumnChangeInput) => ({
    kind: 'column',
    id: input.columnId,
    details: { fields: Object.keys(input).filter((key) => key !== 'columnId' && key !== 'expectedVersion') },
  }),
  async (ctx, input): Promise<ColumnRow> => {
    requireOperator(ctx.actor);
    await holdTree(ctx.db);
    const column = await columnForUpdate(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    if (column.version !== input.expectedVersion) {
      throw new AppError('conflict', 'sites.column-changed', '栏目刚被别人修改过，请刷新后重试。', {
        details: { currentVersion: column.version },
      });
    }
    if (input.unitId !== undefined) await requireUnit(ctx, input.unitId);
    await requireFilledForShow(ctx, column, input);
    const before = await shownColumns(ctx.db, [column.siteId]);
    const moved = await moveColumn(ctx, column, input.slug);
    await updateColumn(ctx.db, column, { ...input, closedAt: closedAt(ctx, column, input.closed) });
    const visibility = tagsOfVisibility(before, await shownColumns(ctx.db, [column.siteId]));
    await announceChange(ctx, column, [...moved, ...visibility]);
    return getColumn(ctx, column.id);
  },
);

/** When the column was closed; undefined leaves that as it is. */
function closedAt(ctx: Ctx, column: ColumnRow, wanted: boolean | undefined): Date | null | undefined {
  if (wanted === undefined) return undefined;
  return wanted ? (column.closedAt ?? ctx.now) : null;
}

/**
 * Gives a column and all below it new addresses; answers the tags of their pages. The page engine leaves redirects;
 * articles keep their own addresses.
 */
async function moveColumn(ctx: Ctx, column: ColumnRow, slug: string | undefined): Promise<readonly string[]> {
  if (slug === undefined || slug === column.slug) return [];
  const parent = column.parentId === null ? null : await getColumn(ctx, column.parentId);
  requireFreeSlug(parent?.path ?? null, slug);
  const path = columnPath(parent?.path ?? null, slug);
  await requireFreePath(ctx, column.siteId, path);
  const moved = await movePaths(ctx.db, column, path);
  return moved.map(columnTag);
}
