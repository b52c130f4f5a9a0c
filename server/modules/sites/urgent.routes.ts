import { sitesApi } from '../../../contracts/sites.ts';
import type { UrgentStatus } from '../../../contracts/urgent.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { liveHeadings } from '../library/index.ts';
import { endUrgentNotice, raiseUrgent } from './raise-urgent.ts';
import { allSites } from './site.queries.ts';
import { urgentRight } from './sites.policy.ts';
import { currentUrgent } from './urgent.queries.ts';

async function readUrgent({ db, actor }: Reader): Promise<UrgentStatus> {
  const portal = (await allSites(db)).find((site) => site.isPortal);
  const current = await currentUrgent(db);
  const heading = current && (await liveHeadings(db, [current.resourceId])).get(current.resourceId);
  return {
    notice: current
      ? {
          id: current.id,
          resourceId: current.resourceId,
          resourceTitle: heading?.title ?? null,
          level: current.level,
          text: current.text,
          raisedAt: current.raisedAt.toISOString(),
          raisedByName: current.raisedByName,
          until: current.until?.toISOString() ?? null,
        }
      : null,
    may: urgentRight(actor, portal?.unitId),
  };
}

export const urgentRoutes: Routes = (mount, { perform, consult }) => {
  const read = (caller: Parameters<typeof consult>[0]) =>
    consult(caller, 'sites.get-urgent-notice', readUrgent);
  mount(sitesApi.getUrgentNotice, ({ caller }) => read(caller));
  mount(sitesApi.raiseUrgentNotice, async ({ caller, body }) => {
    await perform(caller, raiseUrgent, body);
    return read(caller);
  });
  mount(sitesApi.endUrgentNotice, async ({ caller, body }) => {
    await perform(caller, endUrgentNotice, body);
    return read(caller);
  });
};
