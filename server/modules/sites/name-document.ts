import type { Ctx } from '../../platform/context.ts';
import { allowsDeed, canEdit, getHead, type ResourceRow, saveDraft, stateOf } from '../library/index.ts';

/**
 * An interpretation that goes out with its document names it, so that their pages link to each other: where its
 * draft does not say so yet and the actor may write it, the draft says so from now on.
 */
export async function nameDocument(ctx: Ctx, row: ResourceRow, lead: ResourceRow): Promise<void> {
  if (lead.type !== 'policy' || row.type !== 'interpretation') return;
  if (!canEdit(ctx.actor, row.unitId) || !allowsDeed(stateOf(row), 'save')) return;
  const { content } = await getHead(ctx, row);
  const named = content.interprets ?? [];
  if (named.includes(lead.id)) return;
  await saveDraft.run(ctx, {
    resourceId: row.id,
    expectedVersion: row.version,
    content: { ...content, interprets: [...named, lead.id] },
  });
}
