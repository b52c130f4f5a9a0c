import { type Import, type ImportMode, isArchivable, isImportable } from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireUnitInBeing, requireUnitInScope } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { columnForArchive } from '../sites/index.ts';
import { insertImport } from './change-import.queries.ts';
import { getImport, requireImporter } from './find-import.ts';
import { presentImport } from './import.presenter.ts';

export interface ImportWish {
  readonly unitId: string;
  readonly mode: ImportMode;
  readonly type: ResourceTypeKey;
  /** Of an archive: where it is listed. */
  readonly columnId: string | null;
}

/** Who may not, or wants what cannot be, is told before the file comes. */
export async function requireImportWish(ctx: Pick<Ctx, 'db' | 'actor'>, wish: ImportWish): Promise<void> {
  requireUnitInScope(ctx.actor, wish.unitId);
  requireImporter(ctx, wish.unitId, wish.mode);
  await requireUnitInBeing(ctx.db, wish.unitId);
  const type = (await currentTypes(ctx.db)).find((one) => one.key === wish.type);
  const fits = type && (wish.mode === 'archive' ? isArchivable(type) : isImportable(type));
  if (!fits) throw new AppError('invalid', 'intake.type-unfit', '这种信息类型不能批量导入。');
  if (wish.mode === 'drafts') return;
  if (wish.columnId === null)
    throw new AppError('invalid', 'intake.column-required', '请选择历史数据放入的栏目。');
  await columnForArchive(ctx, wish.columnId);
}

export interface NewImportInput extends ImportWish {
  readonly fileName: string;
  readonly digest: string;
  readonly size: number;
}

/** Keeps an uploaded file as something to import; the worker finds out what it is. */
export const createImport = defineCommand(
  'intake.create-import',
  (input: NewImportInput, result: Import | undefined) => ({
    kind: 'import',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { fileName: input.fileName, digest: input.digest, size: input.size, mode: input.mode },
  }),
  async (ctx, input): Promise<Import> => {
    await requireImportWish(ctx, input);
    const id = await insertImport(ctx.db, {
      unitId: input.unitId,
      mode: input.mode,
      columnId: input.mode === 'archive' ? input.columnId : null,
      type: input.type,
      fileName: input.fileName,
      digest: input.digest,
      size: input.size,
      createdBy: ctx.actor.id,
      createdByName: ctx.actor.name,
      at: ctx.now,
    });
    return presentImport(ctx.db, ctx.actor, await getImport(ctx, id));
  },
);
