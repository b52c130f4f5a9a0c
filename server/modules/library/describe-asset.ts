import type { Asset, AssetDescription } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { assetInScope, type AssetRow, updateDescription } from './asset.queries.ts';
import { presentAsset, requireUploader } from './upload-asset.ts';

/** The asset, locked, of a unit that the actor brings files for. */
export async function assetToChange(ctx: Ctx, id: string): Promise<AssetRow> {
  const row = await assetInScope(ctx.db, ctx.actor.scope, id);
  if (!row) throw new AppError('not-found', 'library.asset-not-found', '没有这个文件，或者您无权查看。');
  requireUploader(ctx.actor, row.unitId);
  return row;
}

/** Says what a file shows, whose it is and where it comes from. The file and the pages stay as they are. */
export const describeAsset = defineCommand(
  'library.describe-asset',
  (input: AssetDescription & { readonly assetId: string }, result: Asset | undefined) => ({
    kind: 'asset',
    id: input.assetId,
    unitId: result?.unitId ?? null,
  }),
  async (ctx, { assetId, alt, copyright, source }): Promise<Asset> => {
    await assetToChange(ctx, assetId);
    const words = { alt: alt.trim(), copyright: copyright.trim(), source: source.trim() };
    await updateDescription(ctx.db, assetId, words);
    return presentAsset({ ...(await assetToChange(ctx, assetId)) });
  },
);
