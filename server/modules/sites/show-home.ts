import type { Ctx } from '../../platform/context.ts';
import {
  filesOfResource,
  getResource,
  type LiveResource,
  revisionById,
  supersedeRevision,
} from '../library/index.ts';
import { type HomeSite, homeSitesForUpdate, homeSitesOf, setHome } from './composed.queries.ts';
import { fileTag, homeTag, sitesEvents } from './events.ts';
import { requireStillOwn } from './own-site.ts';

/**
 * Locks the sites that a home page takes part in before the resource itself is locked: one that takes another's place
 * locks both resources, and two that meet would otherwise wait for each other. For any other resource it does nothing.
 */
export async function lockHomeSites(ctx: Ctx, resourceId: string, revisionId: string | null): Promise<void> {
  const row = await getResource(ctx, resourceId);
  if (row.type !== 'home') return;
  const revision = revisionId === null ? undefined : await revisionById(ctx.db, revisionId);
  await homeSitesForUpdate(ctx.db, revision?.content.siteId ?? '0', resourceId);
}

/** The resource becomes the home page of its site; the one that was it before steps down in the same moment. */
export async function showHome(
  ctx: Ctx,
  resource: Pick<LiveResource, 'id' | 'unitId' | 'content'>,
): Promise<void> {
  const siteId = resource.content.siteId ?? '0';
  const sites = await homeSitesForUpdate(ctx.db, siteId, resource.id);
  const site = sites.find((one) => one.id === siteId);
  // Asked again here: a site can change hands between the signature and the hour of the release.
  requireStillOwn(resource.unitId, site);
  for (const former of sites.filter((one) => one.id !== siteId)) await stepDown(ctx, former, resource.id);
  if (site?.homeResourceId && site.homeResourceId !== resource.id) {
    await stepDown(ctx, site, site.homeResourceId);
    await supersedeRevision(ctx, site.homeResourceId, `首页已由“${resource.content.title}”接替`);
  }
  await setHome(ctx.db, siteId, resource.id);
  await tell(ctx, siteId, resource.id);
}

/** No home page any more: the columns compose the site's home page by themselves again. */
export async function removeHome(ctx: Ctx, resourceId: string): Promise<void> {
  const siteId = (await homeSitesOf(ctx.db, [resourceId])).get(resourceId);
  if (siteId !== undefined) await stepDown(ctx, { id: siteId }, resourceId);
}

async function stepDown(ctx: Ctx, site: Pick<HomeSite, 'id'>, resourceId: string): Promise<void> {
  await setHome(ctx.db, site.id, null);
  await tell(ctx, site.id, resourceId);
}

/** The page itself, and every file that any version of it ever showed. */
async function tell(ctx: Ctx, siteId: string, resourceId: string): Promise<void> {
  const files = await filesOfResource(ctx.db, resourceId);
  const tags = [homeTag(siteId), ...files.map((file) => fileTag(siteId, file))];
  await ctx.announce({ name: sitesEvents.homeChanged, tags, payload: { siteId, resourceId } });
}
