import type { NewRuling, ValidityRuling } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { applyDueRuling, ruleValidity } from '../library/index.ts';
import { sitemapBlockTag, sitesEvents } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { sitemapBlockOf } from './listing.rules.ts';

interface OnResource {
  readonly resourceId: string;
}

/** A ruling is news: the site map tells crawlers when the page last changed. */
async function tellSitemap(ctx: Ctx, resourceId: string): Promise<void> {
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  if (!address) return;
  const tags = [sitemapBlockTag(address.siteId, sitemapBlockOf(resourceId))];
  await ctx.announce({ name: sitesEvents.listingsChanged, tags, payload: { resourceId } });
}

/** The library rules; what the sites know of the document is told here. */
export const ruleShownValidity = defineCommand(
  ruleValidity.name,
  ruleValidity.actedOn,
  async (ctx, input: NewRuling & OnResource): Promise<ValidityRuling> => {
    const ruling = await ruleValidity.run(ctx, input);
    if (ruling.state === 'applied') await tellSitemap(ctx, input.resourceId);
    return ruling;
  },
);

export const applyShownRuling = defineCommand(
  applyDueRuling.name,
  applyDueRuling.actedOn,
  async (ctx, input: OnResource): Promise<boolean> => {
    const applied = await applyDueRuling.run(ctx, input);
    if (applied) await tellSitemap(ctx, input.resourceId);
    return applied;
  },
);
