import type { CatalogueChange, EntryChange } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { updateKeeping } from './change-column.queries.ts';
import { type ColumnRow, columnsById } from './column.queries.ts';
import { keeperProblem } from './keeper.rules.ts';
import { knownKeepers } from './known-keepers.ts';
import { keepTree, lockColumns } from './listing-lock.queries.ts';
import { readableLines } from './read-catalogue.ts';
import { entriesOf, requireEntries, updateEntry } from './responsibility.queries.ts';
import type { SiteRow } from './site.queries.ts';
import { canCompile } from './sites.policy.ts';

export interface CatalogueInput extends CatalogueChange {
  readonly siteId: string;
}

/** Says the same of some columns: who keeps them filled, how often, with what, how. What was said before stays readable. */
export const changeCatalogue = defineCommand(
  'sites.change-catalogue',
  ({ siteId, entries, change }: CatalogueInput) => ({
    kind: 'site',
    id: siteId,
    details: { columnIds: entries.map(({ columnId }) => columnId), change },
  }),
  async (ctx, { siteId, entries, change }): Promise<void> => {
    const site = await requireCompiler(ctx, siteId);
    const wanted = new Map(entries.map(({ columnId, expectedVersion }) => [columnId, expectedVersion]));
    const columns = await lockEntries(ctx, siteId, [...wanted.keys()]);
    const current = await entriesOf(ctx.db, [...wanted.keys()]);
    const changed = columns.find(({ id }) => current.get(id)?.version !== wanted.get(id));
    if (changed) {
      throw new AppError(
        'conflict',
        'sites.entry-changed',
        `“${changed.name}”刚被别人修改过，请刷新后重试。`,
      );
    }
    const unitIds = columns.map((column) => change.unitId ?? column.unitId);
    const named = [change.responsibleId, change.contactId].filter((id) => typeof id === 'string');
    const problem = keeperProblem(await knownKeepers(ctx, site, named), change, unitIds);
    if (problem) {
      throw new AppError(
        problem.code === 'sites.entry-forbidden' ? 'forbidden' : 'invalid',
        problem.code,
        problem.message,
      );
    }
    for (const column of columns) await writeEntry(ctx, column, change);
  },
);

/** The site, for somebody who may write its catalogue; to others it does not exist, or they may only read. */
export async function requireCompiler(ctx: Pick<Ctx, 'db' | 'actor'>, siteId: string): Promise<SiteRow> {
  const { site } = await readableLines(ctx, siteId);
  if (canCompile(ctx.actor, site.unitId)) return site;
  throw new AppError(
    'forbidden',
    'sites.entry-forbidden',
    '只有运维人员和网站主办单位的签发人、联络员可以编制目录。',
  );
}

/** The columns of the site by these ids, locked with their entries, in order of id. */
export async function lockEntries(
  ctx: Ctx,
  siteId: string,
  columnIds: readonly string[],
): Promise<readonly ColumnRow[]> {
  // The same order of locks as whoever lists entries.
  await keepTree(ctx.db);
  await lockColumns(ctx.db, columnIds);
  const columns = (await columnsById(ctx.db, columnIds)).filter((column) => column.siteId === siteId);
  if (columns.length < columnIds.length) {
    throw new AppError('not-found', 'sites.column-not-found', '目录里没有这个栏目。');
  }
  await requireEntries(ctx.db, columnIds);
  return columns;
}

export async function writeEntry(ctx: Ctx, column: ColumnRow, change: EntryChange): Promise<void> {
  const { unitId, rule } = change;
  if (unitId !== undefined || rule !== undefined) await updateKeeping(ctx.db, column, { unitId, rule });
  await updateEntry(ctx.db, column.id, change);
}
