import type { DraftSave, Resource } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { digestOf } from '../../platform/digest.ts';
import { updateResource } from './change-resource.queries.ts';
import { getHead, getResource, lockResource, requireEditor, requireVersion } from './find-resource.ts';
import { lockType } from './find-type.ts';
import { headFacts } from './head-facts.rules.ts';
import { presentResource } from './resource.presenter.ts';
import { requireDeed, stateOf } from './resource.rules.ts';
import { nextRevisionNumber } from './resource.queries.ts';
import { checkedContent, writeRevision } from './write-revision.ts';

export interface SaveDraftInput extends DraftSave {
  readonly resourceId: string;
}

/** Saves a new revision on top of the version the editor had before them. Unchanged content writes nothing. */
export const saveDraft = defineCommand(
  'library.save-draft',
  (input: SaveDraftInput) => ({ kind: 'resource', id: input.resourceId }),
  async (ctx, input): Promise<Resource> => {
    const row = await lockResource(ctx, input.resourceId);
    requireEditor(ctx, row.unitId);
    requireDeed(stateOf(row), 'save');
    await requireVersion(ctx, row, input.expectedVersion);
    const type = await lockType(ctx.db, row.type);
    const content = checkedContent(type, input.content);
    const head = await getHead(ctx, row);
    if (!head.digest.equals(digestOf(content))) {
      const revision = await writeRevision(ctx, {
        resourceId: row.id,
        unitId: row.unitId,
        type,
        number: await nextRevisionNumber(ctx.db, row.id),
        content,
        origin: input.origin ?? 'saved',
        before: head.content,
      });
      await updateResource(ctx.db, row, ctx.now, {
        head_revision_id: revision.id,
        ...headFacts(content),
      });
    }
    return presentResource(ctx, await getResource(ctx, row.id));
  },
);
