import type { Ctx } from '../../platform/context.ts';
import {
  fileTag,
  findableTag,
  hostsTag,
  noticeTag,
  sitemapTag,
  sitesEvents,
  siteNameTag,
  siteTag,
  themeTag,
} from './events.ts';
import { changedPictures } from './site-pictures.ts';
import { allSites, resourcesAddressedOn, type SiteRow } from './site.queries.ts';
import { isListed } from './site.rules.ts';

/** Tags of one event: a site may hold a hundred thousand articles. */
const mostTags = 1_000;

/** Every site names every listed one, in its footer and its site map, and the portal at its head. */
async function everySiteTag(ctx: Ctx): Promise<readonly string[]> {
  return (await allSites(ctx.db)).map((site) => siteTag(site.id));
}

async function announce(ctx: Ctx, site: SiteRow, tags: readonly string[], priority: 0 | 1): Promise<void> {
  if (tags.length === 0) return;
  const payload = { siteId: site.id };
  await ctx.announce({ name: sitesEvents.siteChanged, tags, payload, priority });
}

const noLooks = { primary: '#000000' };

export async function announceNewSite(ctx: Ctx, site: SiteRow): Promise<void> {
  const around = isListed(site) || site.isPortal ? await everySiteTag(ctx) : [siteTag(site.id)];
  const files = (await changedPictures(ctx.db, noLooks, site.theme)).map((file) => fileTag(site.id, file));
  await announce(ctx, site, [hostsTag, noticeTag(site.id), themeTag(site.id), ...files], 0);
  await announce(ctx, site, [...around, sitemapTag(site.id)], 1);
}

/** What others show of a site: its names in their footers, its addresses in their links, whether they link at all. */
const shownElsewhere = (site: SiteRow): string =>
  JSON.stringify([site.name, site.shortName, site.domains, isListed(site)]);

/** Of what each page of a site is made, but for the colours, which a style sheet of its own holds. */
const shownAtHome = (site: SiteRow): string => {
  const { layout, navigation, logoAssetId, bannerAssetId } = site.theme;
  const theme = { layout, navigation, logoAssetId, bannerAssetId };
  return JSON.stringify({ ...site, theme, stateSince: null, notice: null, version: null });
};

/**
 * Tells what changed between the two. What decides whether an address answers, and the colours, go before
 * everything else; the texts on every page follow behind people's publications.
 */
export async function announceSiteChange(ctx: Ctx, before: SiteRow, after: SiteRow): Promise<void> {
  const differs = (what: (site: SiteRow) => unknown): boolean =>
    JSON.stringify(what(before)) !== JSON.stringify(what(after));
  // Files go before the pages that show them.
  const files = await changedPictures(ctx.db, before.theme, after.theme);
  const urgent: string[] = files.map((file) => fileTag(after.id, file));
  if (differs((site) => site.theme)) urgent.push(themeTag(after.id));
  if (differs((site) => [site.state, site.domains])) urgent.push(hostsTag);
  if (differs((site) => [site.state, site.notice])) urgent.push(noticeTag(after.id));
  if (differs(isListed)) urgent.push(siteNameTag(after.id));
  await announce(ctx, after, urgent, 0);
  if (shownElsewhere(before) !== shownElsewhere(after)) {
    await announce(ctx, after, [...(await everySiteTag(ctx)), siteNameTag(after.id)], 1);
  } else if (shownAtHome(before) !== shownAtHome(after)) {
    await announce(ctx, after, [siteTag(after.id)], 1);
  }
  if (isListed(after) && !isListed(before)) await announceFindable(ctx, after);
}

/** The index forgot the articles of a site that was not listed, and knows none that were released meanwhile. */
async function announceFindable(ctx: Ctx, site: SiteRow): Promise<void> {
  const tags = (await resourcesAddressedOn(ctx.db, site.id)).map(findableTag);
  for (let from = 0; from < tags.length; from += mostTags) {
    await announce(ctx, site, tags.slice(from, from + mostTags), 1);
  }
}
