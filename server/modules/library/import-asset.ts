import type { Asset } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { type CheckedUpload, keepAsset } from './upload-asset.ts';

export interface ImportAssetInput extends CheckedUpload {
  readonly unitId: string;
  /** Who asked for the import; null: nobody here. */
  readonly uploadedBy: string | null;
}

/** Gives a file that came inside an imported one a name in the unit; it was looked at like any upload. */
export const importAsset = defineCommand(
  'library.import-asset',
  (input: ImportAssetInput, result: Asset | undefined) => ({
    kind: 'asset',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { fileName: input.fileName, digest: input.digest, size: input.size },
  }),
  async (ctx, input): Promise<Asset> => {
    if (ctx.actor.kind !== 'system')
      throw new AppError('forbidden', 'library.unit-not-writable', '文件由导入任务登记。');
    return keepAsset(ctx, input, input.uploadedBy);
  },
);
