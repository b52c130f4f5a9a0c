import type { ApprovedEmblem } from '../../../contracts/link-check.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { knownAssets } from '../library/index.ts';
import { emblemForUpdate, type EmblemRow, endEmblemRow, insertEmblem } from './emblem.queries.ts';
import { presentEmblem } from './host-ruling.presenter.ts';
import { requireHostKeeper } from './outside-host.policy.ts';

export interface EmblemTerms {
  readonly assetId: string;
  readonly name: string;
  readonly reason: string;
}

/** Approves the bytes of a file: whoever uploads them again uses the approved one. */
export const approveEmblem = defineCommand(
  'proofreading.approve-emblem',
  (input: EmblemTerms, made: ApprovedEmblem | undefined) => ({
    kind: 'approved-emblem',
    id: made?.id ?? null,
    details: { assetId: input.assetId, name: input.name },
  }),
  async (ctx, { assetId, name, reason }): Promise<ApprovedEmblem> => {
    requireHostKeeper(ctx.actor);
    const asset = (await knownAssets(ctx.db, [assetId])).get(assetId);
    if (asset?.width == null) {
      throw new AppError('invalid', 'proofreading.emblem-file-unknown', '没有这个图片文件。');
    }
    const emblem = { digest: asset.digest, name: name.trim(), reason: reason.trim() };
    const id = await insertEmblem(ctx.db, emblem, { at: ctx.now, byName: ctx.actor.name });
    if (id === undefined) {
      throw new AppError('conflict', 'proofreading.emblem-approved', '这个文件已经核准。');
    }
    return presentEmblem(ctx.db, await requireEmblem(ctx, id));
  },
);

/** From now on the file may not be shown as an emblem. */
export const endEmblem = defineCommand(
  'proofreading.end-emblem',
  ({ id, reason }: { readonly id: string; readonly reason: string }) => ({
    ...{ kind: 'approved-emblem', id, details: { reason } },
  }),
  async (ctx, { id, reason }): Promise<ApprovedEmblem> => {
    requireHostKeeper(ctx.actor);
    if ((await requireEmblem(ctx, id)).endedAt !== null) {
      throw new AppError('conflict', 'proofreading.emblem-ended', '这个文件的核准已经终止。');
    }
    await endEmblemRow(ctx.db, id, { at: ctx.now, byName: ctx.actor.name, reason: reason.trim() });
    return presentEmblem(ctx.db, await requireEmblem(ctx, id));
  },
);

async function requireEmblem({ db }: Ctx, id: string): Promise<EmblemRow> {
  const emblem = await emblemForUpdate(db, id);
  if (emblem) return emblem;
  throw new AppError('not-found', 'proofreading.emblem-not-found', '没有这个核准的图案。');
}
