import { renderUrgentFragment, type UrgentNotice } from '../../../templates/index.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { liveHeadings, resourceTag } from '../library/index.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { siteTag, urgentTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { allSites } from './site.queries.ts';
import { currentUrgent } from './urgent.queries.ts';

/** Where every page of a site finds the announcement, if there is one: raising it touches two pages a site. */
export const urgentPath = '/urgent.html';

export interface UrgentLoader {
  /** As a page of the site shows it. */
  noticeFor(siteId: string): UrgentNotice | undefined;
  /** What it is made of, besides the tag of the site's own notice. */
  readonly tags: readonly string[];
}

export async function loadUrgent(db: Db, atlas: Atlas): Promise<UrgentLoader> {
  const current = await currentUrgent(db);
  if (!current) return { noticeFor: () => undefined, tags: [] };
  const { resourceId, level, text, raisedAt } = current;
  const address = (await addressesOf(db, [resourceId])).get(resourceId);
  const isLive = (await liveHeadings(db, [resourceId])).has(resourceId);
  return {
    noticeFor: (siteId) => ({
      level,
      text,
      since: minuteInChina(raisedAt),
      // What it led to may have been withdrawn since; the words stay until somebody ends them.
      url:
        address && isLive && atlas.leads(siteId, address.siteId)
          ? atlas.link(siteId, address.siteId, address.path)
          : undefined,
    }),
    tags: [resourceTag(resourceId)],
  };
}

interface UrgentPage {
  readonly notice: UrgentNotice | undefined;
}

const kind = 'urgent';
const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The announcement by itself, without head and foot; empty while there is none. */
export function urgentPages(options: AtlasOptions): PageDefinition<UrgentPage> {
  return {
    kind,
    rank: 0,
    keysForTag: (tag) => {
      const match = /^(?:site|urgent):(\d+)$/.exec(tag);
      return match?.[1] === undefined ? [] : [`${kind}/${match[1]}`];
    },
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `${kind}/${site.id}`) : [],
    load: async (db, keys) => {
      const atlas = await loadAtlas(db, options, []);
      const urgent = await loadUrgent(db, atlas);
      return keys.map(idOf).flatMap((id): LoadedPage<UrgentPage>[] => {
        if (!atlas.site(id)) return [];
        return [
          {
            key: `${kind}/${id}`,
            site: id,
            path: urgentPath,
            tags: [siteTag(id), urgentTag(id), ...urgent.tags],
            outcome: 'page',
            mediaType: htmlType,
            data: { notice: urgent.noticeFor(id) },
          },
        ];
      });
    },
    render: ({ data }) => renderUrgentFragment(data.notice),
  };
}
