import type { SiteChange } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { hostsTag, sitemapTag, sitesEvents, siteTag, themeTag } from './events.ts';
import {
  allSites,
  siteById,
  siteForUpdate,
  type SiteRow,
  type SiteState,
  updateSite,
} from './site.queries.ts';
import { requireOperator } from './sites.policy.ts';

export interface NewSite {
  readonly unitId: string;
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly isPortal: boolean;
  readonly state: SiteState;
  readonly description: string;
  /** The first is the main one. */
  readonly domains: readonly string[];
  readonly identityCode: string;
  readonly icpNumber: string;
  readonly policeNumber: string;
  readonly organiser: string;
  readonly contact: string;
  readonly address: string;
  readonly theme: SiteRow['theme'];
  readonly demonstration: boolean;
}

export const createSite = defineCommand(
  'sites.create-site',
  (input: NewSite, result: SiteRow | undefined) => ({
    kind: 'site',
    id: result?.id ?? null,
    unitId: input.unitId,
  }),
  async (ctx, input): Promise<SiteRow> => {
    requireOperator(ctx.actor);
    const { id } = await ctx.db
      .insertInto('sites.site')
      .values({
        unit_id: input.unitId,
        key: input.key,
        name: input.name,
        short_name: input.shortName,
        is_portal: input.isPortal,
        state: input.state,
        description: input.description,
        identity_code: input.identityCode,
        icp_number: input.icpNumber,
        police_number: input.policeNumber,
        organiser: input.organiser,
        contact: input.contact,
        address: input.address,
        theme: JSON.stringify(input.theme),
        demonstration: input.demonstration,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('sites.site_domain')
      .values(input.domains.map((domain, index) => ({ domain, site_id: id, is_primary: index === 0 })))
      .execute();
    await ctx.announce({
      name: sitesEvents.siteChanged,
      tags: [...(await everySiteTag(ctx)), themeTag(id), sitemapTag(id), hostsTag],
      payload: { siteId: id },
      priority: 1,
    });
    const site = await siteById(ctx.db, id);
    if (!site) throw new Error('the site that was just made is not there');
    return site;
  },
);

export interface SiteChangeInput extends SiteChange {
  readonly siteId: string;
}

/** Changes what every page of a site shows. The pages follow at low priority; the colours at once. */
export const changeSite = defineCommand(
  'sites.change-site',
  (input: SiteChangeInput) => ({
    kind: 'site',
    id: input.siteId,
    details: { fields: Object.keys(input).filter((key) => key !== 'siteId' && key !== 'expectedVersion') },
  }),
  async (ctx, input): Promise<SiteRow> => {
    requireOperator(ctx.actor);
    const site = await siteForUpdate(ctx.db, input.siteId);
    if (!site) throw new AppError('not-found', 'sites.site-not-found', '没有这个站点。');
    if (site.version !== input.expectedVersion) {
      throw new AppError('conflict', 'sites.site-changed', '站点设置刚被别人修改过,请刷新后重试。');
    }
    await updateSite(ctx.db, site, input);
    await announceChange(ctx, site, input);
    const changed = await siteById(ctx.db, site.id);
    if (!changed) throw new Error('the site that was just changed is not there');
    return changed;
  },
);

/** Every site names every other one, in its footer and its site map. */
async function everySiteTag(ctx: Ctx): Promise<readonly string[]> {
  return (await allSites(ctx.db)).map((site) => siteTag(site.id));
}

/** What of a change is not text on the site's own pages. */
const besidesTexts: ReadonlySet<string> = new Set([
  'siteId',
  'expectedVersion',
  'theme',
  'name',
  'shortName',
]);

async function announceChange(ctx: Ctx, site: SiteRow, change: SiteChange): Promise<void> {
  const { theme, name, shortName } = change;
  const payload = { siteId: site.id };
  if (theme) await ctx.announce({ name: sitesEvents.siteChanged, tags: [themeTag(site.id)], payload });
  const isRenamed = name !== undefined || shortName !== undefined;
  if (!isRenamed && !Object.keys(change).some((key) => !besidesTexts.has(key))) return;
  const tags = isRenamed ? await everySiteTag(ctx) : [siteTag(site.id)];
  await ctx.announce({ name: sitesEvents.siteChanged, tags, payload, priority: 1 });
}
