import { join } from 'node:path';

import type { Actor } from '../contracts/actor.ts';
import { allSites, raiseUrgent } from '../server/modules/sites/index.ts';
import type { District } from './district.ts';
import { timeAct, type WatchedPage } from './watched-pages.ts';

const notices = 40;

/** From the commit of an urgent notice until every site's home page and its fragment for all other pages show it. */
export async function timeUrgentNotices(
  district: District,
  resourceId: string,
  actor: Actor,
): Promise<readonly number[]> {
  const { parts } = district;
  const sites = await allSites(parts.db);
  const raiser: Actor = { ...actor, roles: ['operator'] };
  return timeAct(district, {
    times: notices,
    async act(number) {
      const text = `防汛应急响应第${String(number)}号演示公告`;
      const before = await parts.db
        .selectFrom('sites.urgent_notice')
        .select('id')
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      const notice = { resourceId, level: 'red', text, reason: '汛情紧急，测量公告的时效' } as const;
      await parts.performAsSystem(
        raiseUrgent,
        { ...notice, ...(before ? { replaces: before.id } : {}) },
        { actor: raiser },
      );
      return sites.flatMap((site): WatchedPage[] =>
        ['index.html', 'urgent.html'].map((name) => ({
          file: join(parts.pagesDirectory, site.id, name),
          sign: text,
        })),
      );
    },
  });
}
