import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { type ImportedItem, type ImportedResource, reviseImports } from '../library/index.ts';

export interface RevisedBatch {
  readonly unitId: string;
  readonly items: readonly ImportedItem[];
}

/** Takes over what changed in an old archive after it was brought in. Places and addresses stay. */
export const reviseArchive = defineCommand(
  'sites.revise-archive',
  (input: RevisedBatch, result: readonly ImportedResource[] | undefined) => ({
    kind: 'unit',
    id: input.unitId,
    unitId: input.unitId,
    details: { offered: input.items.length, revised: result?.length ?? 0 },
  }),
  async (ctx, input): Promise<readonly ImportedResource[]> => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'sites.operator-required', '旧站数据由运维人员用导入命令导入。');
    }
    return reviseImports(ctx, input.unitId, input.items);
  },
);
