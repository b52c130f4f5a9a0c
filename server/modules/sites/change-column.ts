import type { ColumnChange, NewColumn } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { columnById, columnForUpdate, type ColumnRow } from './column.queries.ts';
import { columnPath, requireFreeSlug } from './column.rules.ts';
import { columnTag, sitesEvents, siteTag } from './events.ts';
import { siteById } from './site.queries.ts';
import { requireOperator } from './sites.policy.ts';

async function getColumn(ctx: Ctx, id: string): Promise<ColumnRow> {
  const column = await columnById(ctx.db, id);
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  return column;
}

async function requireFreePath(ctx: Ctx, siteId: string, path: string, ownId: string | null): Promise<void> {
  const taken = await ctx.db
    .selectFrom('sites.column')
    .select('id')
    .where('site_id', '=', siteId)
    .where('path', '=', path)
    .executeTakeFirst();
  if (!taken || taken.id === ownId) return;
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
    await requireFreePath(ctx, input.siteId, path, null);
    const { id } = await ctx.db
      .insertInto('sites.column')
      .values({
        site_id: input.siteId,
        parent_id: input.parentId,
        unit_id: input.unitId,
        name: input.name,
        slug: input.slug,
        path,
        kind: input.kind,
        description: input.description,
        keywords: input.keywords,
        update_days: input.updateDays,
        position: input.position ?? 0,
        in_navigation: input.inNavigation ?? false,
        home_position: input.homePosition ?? null,
        hidden_when_empty: input.hiddenWhenEmpty ?? false,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await announceChange(ctx, { id, siteId: input.siteId }, parent ? [columnTag(parent.id)] : []);
    return getColumn(ctx, id);
  },
);

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
    const column = await columnForUpdate(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    if (column.version !== input.expectedVersion) {
      throw new AppError('conflict', 'sites.column-changed', '栏目刚被别人修改过,请刷新后重试。');
    }
    if (input.slug !== undefined && input.slug !== column.slug) await moveColumn(ctx, column, input.slug);
    await ctx.db
      .updateTable('sites.column')
      .set({
        name: input.name ?? column.name,
        description: input.description ?? column.description,
        keywords: input.keywords ?? column.keywords,
        unit_id: input.unitId ?? column.unitId,
        update_days: input.updateDays === undefined ? column.updateDays : input.updateDays,
        position: input.position ?? column.position,
        in_navigation: input.inNavigation ?? column.inNavigation,
        home_position: input.homePosition === undefined ? column.homePosition : input.homePosition,
        hidden_when_empty: input.hiddenWhenEmpty ?? column.hiddenWhenEmpty,
        closed_at: closedAt(ctx, column, input.closed),
        version: column.version + 1,
      })
      .where('id', '=', column.id)
      .execute();
    await announceChange(ctx, column);
    return getColumn(ctx, column.id);
  },
);

function closedAt(ctx: Ctx, column: ColumnRow, wanted: boolean | undefined): Date | null {
  if (wanted === undefined) return column.closedAt;
  return wanted ? (column.closedAt ?? ctx.now) : null;
}

/** Gives a column and all below it new addresses. The page engine leaves redirects; articles keep their own. */
async function moveColumn(ctx: Ctx, column: ColumnRow, slug: string): Promise<void> {
  const parent = column.parentId === null ? null : await getColumn(ctx, column.parentId);
  requireFreeSlug(parent?.path ?? null, slug);
  const path = columnPath(parent?.path ?? null, slug);
  await requireFreePath(ctx, column.siteId, path, column.id);
  const below = await ctx.db
    .selectFrom('sites.column')
    .select(['id', 'path'])
    .where('site_id', '=', column.siteId)
    .where('path', 'like', `${column.path}%`)
    .forUpdate()
    .execute();
  for (const one of below) {
    await ctx.db
      .updateTable('sites.column')
      .set({ path: path + one.path.slice(column.path.length), ...(one.id === column.id ? { slug } : {}) })
      .where('id', '=', one.id)
      .execute();
  }
  const tags = below.map((one) => columnTag(one.id));
  await ctx.announce({ name: sitesEvents.columnChanged, tags, payload: { columnId: column.id }, priority: 1 });
}
