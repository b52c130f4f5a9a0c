import type { Db } from '../../platform/db.ts';
import type { LoadedPage, PageDefinition } from '../../platform/page-definition.ts';
import { liveDigestsAfter, liveUsesOf, type NamedFile } from '../library/index.ts';
import { filePath } from './address.rules.ts';
import { homeSitesOf } from './composed.queries.ts';
import { fileTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { allSitePictures } from './site-pictures.ts';

const kind = 'file';
const digestOf = (key: string): string => key.split('/')[2] ?? '';

/**
 * Pictures and attachments of live pages, logos and banners of sites: public exactly as long as a live page of the
 * site, or its head, uses them.
 */
export function filePages(): PageDefinition<never> {
  return {
    kind,
    rank: 0,
    keysForTag: (tag) => (tag.startsWith(`${kind}:`) ? [`${kind}/${tag.slice(kind.length + 1)}`] : []),
    allKeys: async (db, after, limit) => {
      const last = after === null ? '' : digestOf(after);
      const ofSites = (await allSitePictures(db)).map(({ digest }) => digest);
      const digests = [...new Set([...(await liveDigestsAfter(db, last, limit)), ...ofSites])]
        .filter((digest) => digest > last)
        .sort()
        .slice(0, limit);
      const shown = [...(await pagesOf(db, digests)).keys()];
      return shown.sort((one, other) => (digestOf(one) < digestOf(other) ? -1 : 1));
    },
    load: async (db, keys) => {
      const shown = await pagesOf(db, [...new Set(keys.map(digestOf))]);
      return keys.flatMap((key) => shown.get(key) ?? []);
    },
    render: () => {
      throw new Error('a file is copied, not rendered');
    },
  };
}

/** The pages of files with these contents: one for each site and name, by page key. */
async function pagesOf(db: Db, digests: readonly string[]): Promise<ReadonlyMap<string, LoadedPage<never>>> {
  const uses = await liveUsesOf(db, digests);
  const ids = [...new Set(uses.map((use) => use.resourceId))];
  const addresses = await addressesOf(db, ids);
  const homes = await homeSitesOf(db, ids);
  const wanted = new Set(digests);
  const ofSites = (await allSitePictures(db)).filter(({ digest }) => wanted.has(digest));
  return new Map([
    ...ofSites.map((picture) => pageOf(picture, picture.siteId)).map((page) => [page.key, page] as const),
    ...uses.flatMap((use) => {
      const siteId = addresses.get(use.resourceId)?.siteId ?? homes.get(use.resourceId);
      if (siteId === undefined) return [];
      const page = pageOf(use, siteId);
      return [[page.key, page] as const];
    }),
  ]);
}

function pageOf(use: NamedFile & { readonly mediaType: string }, site: string): LoadedPage<never> {
  return {
    key: `${kind}/${site}/${use.digest}/${use.fileName}`,
    site,
    path: filePath(use),
    tags: [fileTag(site, use)],
    outcome: 'file',
    mediaType: use.mediaType,
    digest: use.digest,
  };
}
