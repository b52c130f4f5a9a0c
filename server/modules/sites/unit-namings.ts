import type { UnitNaming } from '../identity/index.ts';
import { countLiveOfUnit, liveIdsOfUnit } from '../library/index.ts';
import { announceSiteChange } from './announce-site.ts';
import { findableTag, sitesEvents } from './events.ts';
import { countOrganisedBy, sitesOrganisedBy, updateSite } from './site.queries.ts';

/** 主办单位 at the foot of the unit's own sites, where it is the unit by its full name. */
const organisers: UnitNaming = {
  key: 'sites.site.organiser',
  name: '站点的主办单位',
  count: (db, { id, name }) => countOrganisedBy(db, id, name),
  follow: async (ctx, { unitId, formerName, newName, after, limit }) => {
    const sites = await sitesOrganisedBy(ctx.db, { unitId, organiser: formerName, after, limit });
    for (const site of sites) {
      const renamed = { ...site, organiser: newName, changedAt: ctx.now };
      await updateSite(ctx.db, renamed);
      await announceSiteChange(ctx, site, renamed);
    }
    return { count: sites.length, after: sites.length < limit ? undefined : sites.at(-1)?.id };
  },
};

/** What search knows of the unit's resources. Their pages ask by the tag of the unit. */
const found: UnitNaming = {
  key: 'sites.findable',
  name: '检索中的信息',
  count: (db, { id }) => countLiveOfUnit(db, id),
  follow: async (ctx, { unitId, after, limit }) => {
    const ids = await liveIdsOfUnit(ctx.db, unitId, { after, limit });
    if (ids.length > 0) {
      const tags = ids.map(findableTag);
      await ctx.announce({ name: sitesEvents.unitRenamed, tags, payload: {}, priority: 1 });
    }
    return { count: ids.length, after: ids.length < limit ? undefined : ids.at(-1) };
  },
};

export const sitesNamings: readonly UnitNaming[] = [organisers, found];
