import type { Db } from '../../platform/db.ts';
import { liveUsesOf, resourceTag } from '../library/index.ts';
import { homeSitesOf } from './composed.queries.ts';
import { fileTag, homeTag, siteTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { allSitePictures } from './site-pictures.ts';

/** Everything that is made from these bytes as long as they are given out: files, pages that show them, chromes. */
export async function tagsShowing(db: Db, digests: readonly string[]): Promise<readonly string[]> {
  const wanted = new Set(digests);
  const ofSites = (await allSitePictures(db)).filter(({ digest }) => wanted.has(digest));
  const tags = ofSites.flatMap((one) => [fileTag(one.siteId, one), siteTag(one.siteId)]);
  return [...new Set([...(await tagsShowingForms(db, digests)), ...tags])];
}

/** What shows other forms of these bytes too: not the chromes, which show logos and banners as they came. */
export async function tagsShowingForms(db: Db, digests: readonly string[]): Promise<readonly string[]> {
  const uses = await liveUsesOf(db, digests);
  const ids = [...new Set(uses.map((use) => use.resourceId))];
  const addresses = await addressesOf(db, ids);
  const homes = await homeSitesOf(db, ids);
  const tags = uses.flatMap((use) => {
    const siteId = addresses.get(use.resourceId)?.siteId ?? homes.get(use.resourceId);
    const home = homes.get(use.resourceId);
    return [
      resourceTag(use.resourceId),
      ...(siteId === undefined ? [] : [fileTag(siteId, use)]),
      ...(home === undefined ? [] : [homeTag(home)]),
    ];
  });
  return [...new Set(tags)];
}
