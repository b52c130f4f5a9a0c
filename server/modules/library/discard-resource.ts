import type { Resource } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { updateResource } from './change-resource.queries.ts';
import { getResource, lockResource, requireEditor, requireVersion } from './find-resource.ts';
import { presentResource } from './resource.presenter.ts';
import { requireDeed, stateOf } from './resource.rules.ts';

export interface VersionedInput {
  readonly resourceId: string;
  readonly expectedVersion: number;
}

const onResource = (input: VersionedInput) => ({ kind: 'resource', id: input.resourceId });

/** Puts a never published draft into the bin. Nothing is deleted: `restoreResource` brings it back. */
export const discardResource = defineCommand(
  'library.discard-resource',
  onResource,
  async (ctx, input): Promise<Resource> => {
    const row = await lockResource(ctx, input.resourceId);
    requireEditor(ctx, row.unitId);
    requireDeed(stateOf(row), 'discard');
    await requireVersion(ctx, row, input.expectedVersion);
    await updateResource(ctx.db, row, ctx.now, { stage: 'discarded', discarded_at: ctx.now });
    return presentResource(ctx, await getResource(ctx, row.id));
  },
);

export const restoreResource = defineCommand(
  'library.restore-resource',
  onResource,
  async (ctx, input): Promise<Resource> => {
    const row = await lockResource(ctx, input.resourceId);
    requireEditor(ctx, row.unitId);
    requireDeed(stateOf(row), 'restore');
    await requireVersion(ctx, row, input.expectedVersion);
    await updateResource(ctx.db, row, ctx.now, { stage: 'draft', discarded_at: null });
    return presentResource(ctx, await getResource(ctx, row.id));
  },
);
