import type { Db } from '../../platform/db.ts';
import type { LoadedPage, PageDefinition } from '../../platform/page-definition.ts';
import {
  liveDigestsAfter,
  liveSuccessorsOf,
  liveUsesOf,
  type NamedFile,
  replacedDigestsAfter,
} from '../library/index.ts';
import { filePath } from './address.rules.ts';
import { homeSitesOf } from './composed.queries.ts';
import { fileTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { allSitePictures } from './site-pictures.ts';

const kind = 'file';
const digestOf = (key: string): string => key.split('/')[2] ?? '';

/**
 * Pictures and attachments of live pages, logos and banners of sites: public exactly as long as a live page of the
 * site, or its head, uses them. One that was replaced leads to what the page shows now.
 */
export function filePages(): PageDefinition<never> {
  return {
    kind,
    rank: 0,
    keysForTag: (tag) => (tag.startsWith(`${kind}:`) ? [`${kind}/${tag.slice(kind.length + 1)}`] : []),
    allKeys: async (db, after, limit) => {
      for (let last = after === null ? '' : digestOf(after); ;) {
        const digests = await digestsAfter(db, last, limit);
        const shown = [...(await pagesOf(db, digests)).keys()];
        // A stretch of which nothing is public is not the end.
        if (shown.length > 0 || digests.length === 0)
          return shown.sort((one, other) => (digestOf(one) < digestOf(other) ? -1 : 1));
        last = digests.at(-1) ?? last;
      }
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

/** Contents that may be public, or lead to what is, keyset paged. */
async function digestsAfter(db: Db, last: string, limit: number): Promise<readonly string[]> {
  const ofSites = (await allSitePictures(db)).map(({ digest }) => digest);
  const live = await liveDigestsAfter(db, last, limit);
  const replaced = await replacedDigestsAfter(db, last, limit);
  return [...new Set([...live, ...replaced, ...ofSites])]
    .filter((digest) => digest > last)
    .sort()
    .slice(0, limit);
}

/** The pages of files with these contents: one for each site and name, by page key. */
async function pagesOf(db: Db, digests: readonly string[]): Promise<ReadonlyMap<string, LoadedPage<never>>> {
  const uses = await liveUsesOf(db, digests);
  const moves = await liveSuccessorsOf(db, digests);
  const ids = [...new Set([...uses, ...moves.map((move) => move.to)].map((use) => use.resourceId))];
  const addresses = await addressesOf(db, ids);
  const homes = await homeSitesOf(db, ids);
  const wanted = new Set(digests);
  const ofSites = (await allSitePictures(db)).filter(({ digest }) => wanted.has(digest));
  const siteOf = (resourceId: string): string | undefined =>
    addresses.get(resourceId)?.siteId ?? homes.get(resourceId);
  return new Map([
    ...moves.flatMap(({ from, to }) => {
      const siteId = siteOf(to.resourceId);
      if (siteId === undefined) return [];
      const page = movedPage(from, to, siteId);
      return [[page.key, page] as const];
    }),
    ...ofSites.map((picture) => pageOf(picture, picture.siteId)).map((page) => [page.key, page] as const),
    ...uses.flatMap((use) => {
      const siteId = siteOf(use.resourceId);
      if (siteId === undefined) return [];
      const page = pageOf(use, siteId);
      return [[page.key, page] as const];
    }),
  ]);
}

const keyOf = (site: string, file: NamedFile): string => `${kind}/${site}/${file.digest}/${file.fileName}`;

/** An address keeps its meaning: whoever kept it is led to the newest file. */
function movedPage(from: NamedFile, to: NamedFile, site: string): LoadedPage<never> {
  return {
    key: keyOf(site, from),
    site,
    path: filePath(from),
    tags: [fileTag(site, from), fileTag(site, to)],
    outcome: 'moved',
    to: filePath(to),
  };
}

function pageOf(use: NamedFile & { readonly mediaType: string }, site: string): LoadedPage<never> {
  return {
    key: keyOf(site, use),
    site,
    path: filePath(use),
    tags: [fileTag(site, use)],
    outcome: 'file',
    mediaType: use.mediaType,
    digest: use.digest,
  };
}
