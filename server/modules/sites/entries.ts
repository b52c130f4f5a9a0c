import type { Entry, Medium, Picture, Validity } from '../../../templates/index.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import {
  assetsById,
  type ShownAsset,
  type LiveHeading,
  liveHeadings,
  resourceTag,
} from '../library/index.ts';
import { filePath } from './address.rules.ts';
import type { Atlas } from './atlas.ts';
import { type AddressRow, addressesOf, type ListingRow } from './listing.queries.ts';
import { topicsOf } from './composed.queries.ts';
import { reuseAddressesOf } from './reuse.queries.ts';
import { picturePlace } from './picture-place.ts';

export { filePath } from './address.rules.ts';

const validityOf: Readonly<Record<string, Validity>> = {
  有效: 'valid',
  已修改: 'amended',
  废止: 'abolished',
  失效: 'expired',
};

export function validityCode(name: string | null | undefined): Validity | undefined {
  return name === null || name === undefined ? undefined : validityOf[name];
}

function mediumOf(type: LiveHeading['type']): Medium | undefined {
  return type === 'video' || type === 'album' ? type : undefined;
}

/** A listed resource with all that a line of a list needs. */
export interface ListedEntry {
  readonly listing: ListingRow;
  readonly entry: Entry;
  readonly heading: LiveHeading;
}

/**
 * Turns listings into lines as one site shows them. What is no longer live falls out, and so does what another
 * site holds that lets no citizens in.
 */
export interface EntryLoader {
  /** What these lines are made from. */
  tagsOf(listings: readonly ListingRow[]): readonly string[];
  load(fromSiteId: string, listings: readonly ListingRow[]): readonly ListedEntry[];
}

export async function loadEntries(
  db: Db,
  atlas: Atlas,
  listings: readonly ListingRow[],
): Promise<EntryLoader> {
  const ids = [...new Set(listings.map((one) => one.resourceId))];
  const headings = await liveHeadings(db, ids);
  const addresses = await addressesOf(db, ids);
  const reused = new Map(
    (await reuseAddressesOf(db, ids))
      .filter((one) => one.stands)
      .map((one) => [`${one.siteId}/${one.resourceId}`, one.path]),
  );
  const topics = await topicsOf(
    db,
    ids.filter((id) => headings.get(id)?.type === 'topic'),
  );
  const covers = await assetsById(
    db,
    [...headings.values()].flatMap((one) => (one.coverAssetId ? [one.coverAssetId] : [])),
  );
  return {
    tagsOf: (rows) => [...new Set(rows.map((row) => resourceTag(row.resourceId)))],
    load: (fromSiteId, rows) =>
      rows.flatMap((listing) => {
        const heading = headings.get(listing.resourceId);
        const address = addresses.get(listing.resourceId);
        if (!heading || !address || !atlas.leads(fromSiteId, address.siteId)) return [];
        // Citizens stay on the site that shows it by reference.
        const reusedAt = reused.get(`${fromSiteId}/${listing.resourceId}`);
        const archived = topics.get(listing.resourceId)?.ended ?? false;
        const cover = heading.coverAssetId ? covers.get(heading.coverAssetId) : undefined;
        return [
          {
            listing,
            heading,
            entry: entryOf({ atlas, fromSiteId, listing, heading, address, cover, reusedAt, archived }),
          },
        ];
      }),
  };
}

interface EntryParts {
  readonly atlas: Atlas;
  readonly fromSiteId: string;
  readonly listing: ListingRow;
  readonly heading: LiveHeading;
  readonly address: AddressRow;
  readonly cover: ShownAsset | undefined;
  /** Its page on this site, where the site shows it by reference. */
  readonly reusedAt: string | undefined;
  readonly archived: boolean;
}

function entryOf({
  atlas,
  fromSiteId,
  listing,
  heading,
  address,
  cover,
  reusedAt,
  archived,
}: EntryParts): Entry {
  const place = picturePlace(cover, (file) => atlas.link(fromSiteId, address.siteId, filePath(file)));
  const picture: Picture | undefined = place && { ...place, alt: heading.title };
  return {
    title: listing.titleOverride ?? heading.title,
    url: reusedAt ?? atlas.link(fromSiteId, address.siteId, address.path),
    day: dayInChina(heading.firstPublishedAt),
    pinned: listing.pinnedUntil !== null,
    summary: heading.summary ?? undefined,
    picture,
    documentNumber: heading.documentNumber ?? undefined,
    validity: validityCode(heading.validity),
    medium: mediumOf(heading.type),
    archived: archived || undefined,
    origin: address.siteId === fromSiteId ? undefined : atlas.site(address.siteId)?.shortName,
  };
}
