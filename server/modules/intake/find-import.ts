import type { ImportAction } from '../../../contracts/intake.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { importForUpdate, importInScope } from './import.queries.ts';
import { actionsAt, canImport } from './intake.policy.ts';
import type { ImportRow } from './intake.types.ts';

const notFound = () => new AppError('not-found', 'intake.import-not-found', '没有这次导入，或者您无权查看。');

/** The import, or `intake.import-not-found` also when it is another unit's. */
export async function getImport(reader: Pick<Reader, 'db' | 'actor'>, id: string): Promise<ImportRow> {
  const row = await importInScope(reader.db, reader.actor.scope, id);
  if (!row) throw notFound();
  return row;
}

export function requireImporter(ctx: Pick<Ctx, 'actor'>, unitId: string, mode: ImportRow['mode']): void {
  if (canImport(ctx.actor, unitId, mode)) return;
  if (mode === 'archive')
    throw new AppError('forbidden', 'intake.operator-required', '历史数据直接发布只能由运维人员导入。');
  throw new AppError('forbidden', 'intake.editor-required', '只有本单位的信息员可以导入。');
}

export interface ImportActInput {
  readonly importId: string;
  readonly expectedVersion: number;
}

/** The import, locked, when this person may do this with it now and has seen its newest state. */
export async function importFor(ctx: Ctx, action: ImportAction, input: ImportActInput): Promise<ImportRow> {
  const row = await importForUpdate(ctx.db, ctx.actor.scope, input.importId);
  if (!row) throw notFound();
  requireImporter(ctx, row.unitId, row.mode);
  if (row.version !== input.expectedVersion)
    throw new AppError('conflict', 'intake.changed', '这次导入的状态刚有变化，请看过后再操作。');
  if (!actionsAt({ stage: row.stage, hasRun: row.imported !== null }).includes(action))
    throw new AppError('conflict', 'intake.stage-forbids', '现在不能进行这一步。');
  return row;
}
