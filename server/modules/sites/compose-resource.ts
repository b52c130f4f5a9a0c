import type { Resource } from '../../../contracts/library.ts';
import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import {
  createResource,
  discardResource,
  saveDraft,
  scheduleResource,
  type WritingCommands,
} from '../library/index.ts';
import { requireOwnSite } from './own-site.ts';
import { withdrawOffers } from './submission.queries.ts';

/**
 * The library knows no sites. Its commands about what a resource says and when it appears are therefore asked through
 * these, which look at the site of a home page after them and in their transaction, so that nothing is kept of what is
 * refused.
 */
function ofOwnSite<I>(command: Command<I, Resource>): Command<I, Resource> {
  return defineCommand(command.name, command.actedOn, async (ctx, input) => {
    const resource = await command.run(ctx, input);
    await requireOwnHome(ctx, resource);
    return resource;
  });
}

async function requireOwnHome(ctx: Ctx, resource: Resource): Promise<void> {
  if (resource.type !== 'home') return;
  await requireOwnSite(ctx, resource.unitId, resource.head.content.siteId ?? '0');
}

/** What was to be offered once it is published is not offered when the draft comes back from the bin. */
const discarding: WritingCommands['discard'] = defineCommand(
  discardResource.name,
  discardResource.actedOn,
  async (ctx, input) => {
    const resource = await discardResource.run(ctx, input);
    const end = { at: ctx.now, byName: ctx.actor.name, reason: '稿件已删除。' };
    await withdrawOffers(ctx.db, [input.resourceId], end);
    return resource;
  },
);

export const writing: WritingCommands = {
  create: ofOwnSite(createResource),
  save: ofOwnSite(saveDraft),
  schedule: ofOwnSite(scheduleResource),
  discard: discarding,
};
