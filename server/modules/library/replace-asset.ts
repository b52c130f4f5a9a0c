import { type Asset, assetKindOf, assetKindNames } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { assetLine } from './asset-list.queries.ts';
import { knownAssets, lockAsset, setReplaces } from './asset.queries.ts';
import { assetToChange } from './describe-asset.ts';
import { getHead, getResource } from './find-resource.ts';
import { withAsset } from './replace-asset.rules.ts';
import { saveDraft } from './save-draft.ts';
import { type CheckedUpload, presentAsset, registerAsset } from './upload-asset.ts';

export interface ReplaceAssetInput extends CheckedUpload {
  readonly assetId: string;
}

/**
 * A file takes the place of another: from now on it is the one that the asset library offers. What is published keeps
 * the file that was reviewed, until a revision with the new one is; then the old address leads to it.
 */
export const replaceAsset = defineCommand(
  'library.replace-asset',
  (input: ReplaceAssetInput, result: Asset | undefined) => ({
    kind: 'asset',
    id: input.assetId,
    unitId: result?.unitId ?? null,
    details: { fileName: input.fileName, digest: input.digest, replacement: result?.id ?? null },
  }),
  async (ctx, { assetId, ...upload }): Promise<Asset> => {
    const old = await assetToChange(ctx, assetId);
    await lockAsset(ctx.db, assetId);
    const line = await assetLine(ctx.db, ctx.actor.scope, assetId);
    if (line[0]?.id !== assetId) {
      throw new AppError('conflict', 'library.asset-replaced', '这个文件已经被替换过，请替换它的最新版本。');
    }
    const [was, is] = [assetKindOf(old.mediaType), assetKindOf(upload.mediaType)];
    if (was !== is) {
      throw new AppError(
        'invalid',
        'library.asset-type-refused',
        `只能用${assetKindNames[was]}替换${assetKindNames[was]}。`,
      );
    }
    const { id } = await registerAsset.run(ctx, { ...upload, unitId: old.unitId });
    if (line.some((one) => one.id === id)) {
      throw new AppError('conflict', 'library.asset-unchanged', '新文件与现有或以前的版本完全相同。');
    }
    const taken = !(await setReplaces(ctx.db, id, old));
    if (taken) {
      throw new AppError(
        'conflict',
        'library.asset-replaced',
        '新文件已经在别处使用，请换一个文件名再上传。',
      );
    }
    const row = (await knownAssets(ctx.db, [id])).get(id);
    if (!row) throw new Error(`asset ${id} was written and is not there`);
    return presentAsset(row);
  },
);

export interface AdoptReplacementInput {
  readonly assetId: string;
  readonly resourceId: string;
  readonly expectedVersion: number;
}

/** The draft of a resource names the newest file of the line in the place of this one; review follows as for any edit. */
export const adoptReplacement = defineCommand(
  'library.adopt-replacement',
  (input: AdoptReplacementInput) => ({
    kind: 'resource',
    id: input.resourceId,
    details: { assetId: input.assetId },
  }),
  async (ctx, { assetId, resourceId, expectedVersion }): Promise<{ resourceId: string; version: number }> => {
    await assetToChange(ctx, assetId);
    const [newest] = await assetLine(ctx.db, ctx.actor.scope, assetId);
    if (!newest || newest.id === assetId) {
      throw new AppError('conflict', 'library.asset-unused', '这个文件没有被替换过。');
    }
    const head = await getHead(ctx, await getResource(ctx, resourceId));
    const content = withAsset(head.content, assetId, newest.id);
    if (content === undefined) {
      throw new AppError('conflict', 'library.asset-unused', '这条信息的最新版本没有使用这个文件。');
    }
    const { version } = await saveDraft.run(ctx, { resourceId, expectedVersion, content, origin: 'saved' });
    return { resourceId, version };
  },
);
