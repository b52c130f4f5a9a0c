import type { PackageExport, PackageSelection } from '../../../contracts/packaging.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { exportById, exportPage, type ExportRow, insertExport } from './export.queries.ts';
import { presentExports } from './export.presenter.ts';
import { requireOperator } from './packaging.policy.ts';
import { requireSelection } from './require-selection.ts';

/** Asks for a package; the worker makes it. */
export const requestExport = defineCommand(
  'packaging.request-export',
  (selection: PackageSelection, result: PackageExport | undefined) => ({
    kind: 'export',
    id: result?.id ?? null,
    details: { selection },
  }),
  async (ctx: Ctx, selection): Promise<PackageExport> => {
    requireOperator(ctx.actor);
    await requireSelection(ctx.db, selection);
    const id = await insertExport(ctx.db, {
      selection,
      requestedBy: ctx.actor.id,
      requestedByName: ctx.actor.name,
      at: ctx.now,
    });
    if (id === undefined)
      throw new AppError(
        'conflict',
        'packaging.export-open',
        '您的上一个导出还没有完成，请等它完成后再导出。',
      );
    return firstOf(await presentExports(ctx.db, ctx.actor, [await getExport(ctx, id)]));
  },
);

interface Taking {
  readonly id: string;
  /** Whether there is still a file of it. */
  readonly isThere: boolean;
}

/** Gives out a package, and leaves in the record that it was. */
export const takeExport = defineCommand(
  'packaging.take-export',
  (input: Taking, result: ExportRow | undefined) => ({
    kind: 'export',
    id: input.id,
    details: result ? { digest: result.digest, selection: result.selection } : {},
  }),
  async (ctx: Ctx, { id, isThere }): Promise<ExportRow> => {
    requireOperator(ctx.actor);
    const row = await getExport(ctx, id);
    // What somebody asked for is theirs alone.
    if (row.requestedBy !== ctx.actor.id) throw unknown();
    if (row.stage === 'expired' || (row.expiresAt !== null && row.expiresAt <= ctx.now))
      throw new AppError('not-found', 'packaging.export-expired', '这个数据包已过保存期，请重新导出。');
    // A database that was restored without its folder tells of packages that are no more.
    if (row.stage === 'done' && !isThere)
      throw new AppError('not-found', 'packaging.export-lost', '这个数据包的文件已不在，请重新导出。');
    if (row.stage !== 'done')
      throw new AppError('conflict', 'packaging.export-unready', '这个数据包还没有导出完成。');
    return row;
  },
);

export async function listExports(
  reader: Reader,
  { cursor, limit = 20 }: { readonly cursor?: string; readonly limit?: number },
): Promise<{ items: PackageExport[]; nextCursor: string | null }> {
  requireOperator(reader.actor);
  const beforeId = cursor === undefined || !/^[1-9]\d{0,17}$/.test(cursor) ? undefined : cursor;
  const rows = await exportPage(reader.db, { beforeId, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    items: await presentExports(reader.db, reader.actor, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

const unknown = (): AppError => new AppError('not-found', 'packaging.export-not-found', '没有这个数据包。');

async function getExport({ db }: Pick<Reader, 'db'>, id: string): Promise<ExportRow> {
  const row = await exportById(db, id);
  if (!row) throw unknown();
  return row;
}

function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('nothing to present');
  return first;
}
