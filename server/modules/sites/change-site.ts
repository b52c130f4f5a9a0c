import type { SiteChange } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { announceSiteChange } from './announce-site.ts';
import { giveDomains } from './give-domains.ts';
import { requirePictures } from './site-pictures.ts';
import { siteById, siteForUpdate, type SiteRow, updateSite } from './site.queries.ts';
import { hasNotice, requireComplete, requireReadableColours, requireStateStep } from './site.rules.ts';
import { requireOperator } from './sites.policy.ts';

export interface SiteChangeInput extends SiteChange {
  readonly siteId: string;
  /** Names under which the console itself is reached. */
  readonly consoleHosts?: readonly string[];
}

const besides: ReadonlySet<string> = new Set(['siteId', 'expectedVersion', 'consoleHosts']);

/** Changes a site. Its address and its colours follow at once, the texts on its pages at low priority. */
export const changeSite = defineCommand(
  'sites.change-site',
  (input: SiteChangeInput) => ({
    kind: 'site',
    id: input.siteId,
    details: {
      fields: Object.keys(input).filter((key) => !besides.has(key)),
      ...(input.state === undefined ? {} : { state: input.state }),
      ...(input.domains === undefined ? {} : { domains: input.domains }),
    },
  }),
  async (ctx, { siteId, expectedVersion, consoleHosts = [], ...change }): Promise<SiteRow> => {
    requireOperator(ctx.actor);
    const site = await siteForUpdate(ctx.db, siteId);
    if (!site) throw new AppError('not-found', 'sites.site-not-found', '没有这个站点。');
    if (site.version !== expectedVersion) {
      throw new AppError('conflict', 'sites.site-changed', '站点刚被别人修改过，请核对最新内容后再保存。', {
        details: { currentVersion: site.version },
      });
    }
    const wanted = changed(site, change, ctx.now);
    requireStateStep(site, wanted.state);
    requireComplete(wanted);
    if (change.theme) {
      requireReadableColours(change.theme);
      await requirePictures(ctx, site.unitId, change.theme);
    }
    if (change.domains) await giveDomains(ctx, site.id, change.domains, consoleHosts);
    await updateSite(ctx.db, wanted);
    const after = await siteById(ctx.db, site.id);
    if (!after) throw new Error('the site that was just changed is not there');
    await announceSiteChange(ctx, site, after);
    return after;
  },
);

/** The site as it is to be; what the change does not name stays. */
function changed(site: SiteRow, change: Omit<SiteChange, 'expectedVersion'>, now: Date): SiteRow {
  const wanted: SiteRow = { ...site, ...change };
  return {
    ...wanted,
    changedAt: now,
    stateSince: wanted.state === site.state ? site.stateSince : now,
    notice: hasNotice(wanted.state) ? wanted.notice.trim() : '',
  };
}
