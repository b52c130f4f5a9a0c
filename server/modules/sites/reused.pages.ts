import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import {
  type LiveResource,
  liveResources,
  type NamedFile,
  namedTag,
  type RemovedResource,
  removedResources,
  resourceTag,
} from '../library/index.ts';
import { filePath, previewPath } from './address.rules.ts';
import { loadMaterial } from './article-material.ts';
import {
  type ArticlePage,
  pageOf,
  provenanceOf,
  renderArticlePage,
  type Shelf,
  tagsOf,
  unitNameOf,
} from './article.pages.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';
import { reusedTag } from './events.ts';
import { type AddressRow, addressesOf } from './listing.queries.ts';
import { loadTopics } from './load-topics.ts';
import { type ReuseAddress, reuseAddressesAfter, reuseAddressesOf } from './reuse.queries.ts';

const kind = 'reused';
const keyOf = ({ siteId, resourceId }: Pick<ReuseAddress, 'siteId' | 'resourceId'>): string =>
  `${kind}/${siteId}/${resourceId}`;

function partsOf(key: string): { readonly siteId: string; readonly resourceId: string } {
  const [, siteId = '0', resourceId = '0'] = key.split('/');
  return { siteId, resourceId };
}

/**
 * The page that a site has of what another unit published: the same text under the head of this site, which names the
 * page of the unit itself as the one to keep. Without a reuse it leads there; withdrawn, it says so as that one does.
 */
export function reusedPages(options: AtlasOptions): PageDefinition<ArticlePage> {
  return {
    kind,
    rank: 1,
    keysForTag: (tag) => (tag.startsWith(`${kind}:`) ? [`${kind}/${tag.slice(kind.length + 1)}`] : []),
    allKeys: async (db, after, limit) =>
      (await reuseAddressesAfter(db, partsOf(after ?? ''), limit)).map(keyOf),
    load: (db, keys) => loadReused(db, options, keys),
    render: ({ data }) => renderArticlePage(data),
  };
}

async function loadReused(
  db: Db,
  options: AtlasOptions,
  keys: readonly string[],
): Promise<readonly LoadedPage<ArticlePage>[]> {
  const ids = [...new Set(keys.map((key) => partsOf(key).resourceId))];
  const known = new Map((await reuseAddressesOf(db, ids)).map((one) => [keyOf(one), one]));
  const wanted = keys.flatMap((key) => known.get(key) ?? []);
  const originals = await addressesOf(db, ids);
  const atlas = await loadAtlas(
    db,
    options,
    wanted.map((one) => one.siteId),
  );
  const live = await liveResources(db, ids);
  const removed = await removedResources(
    db,
    ids.filter((id) => !live.has(id)),
  );
  const shelf: Shelf = {
    ...(await loadMaterial(db, atlas, [...live.values()], originals)),
    // What stands before and after it stands so in the column of its own unit.
    neighbours: new Map(),
    topics: await loadTopics(db, options, []),
  };
  return wanted.flatMap((reuse): LoadedPage<ArticlePage>[] => {
    const original = originals.get(reuse.resourceId);
    const column = atlas.column(reuse.columnId);
    if (!original || !column) return [];
    const place = { atlas, reuse, original, column };
    const resource = live.get(reuse.resourceId);
    if (resource) return [livePage(shelf, place, resource)];
    const gone = removed.get(reuse.resourceId);
    return gone ? [gonePage(place, gone)] : [];
  });
}

interface Place {
  readonly atlas: Atlas;
  readonly reuse: ReuseAddress;
  /** Where it stands on the site of its own unit. */
  readonly original: AddressRow;
  readonly column: ColumnRow;
}

const commonOf = ({ reuse }: Place) => ({ key: keyOf(reuse), site: reuse.siteId, path: reuse.path });

/** Of these the page is made whatever stands on it. */
function baseTags({ atlas, reuse, column }: Place): readonly string[] {
  return [reusedTag(reuse.siteId, reuse.resourceId), resourceTag(reuse.resourceId), ...atlas.tagsOf(column)];
}

function livePage(shelf: Shelf, place: Place, resource: LiveResource): LoadedPage<ArticlePage> {
  const { atlas, reuse, original, column } = place;
  const { siteId } = reuse;
  const url = atlas.link(siteId, original.siteId, original.path);
  if (!reuse.stands || !atlas.leads(siteId, original.siteId)) {
    return { ...commonOf(place), tags: baseTags(place), outcome: 'moved', to: url };
  }
  // Its files lie on the site of its own unit and nowhere else.
  const fileUrl = (file: NamedFile): string => atlas.link(siteId, original.siteId, filePath(file));
  const material: Shelf = {
    ...shelf,
    fileUrl,
    pictureUrl: fileUrl,
    previewUrl: (file) => atlas.link(siteId, original.siteId, previewPath(file)),
    original: {
      name: atlas.site(original.siteId)?.name ?? '',
      url,
      publisher: { name: unitNameOf(shelf, resource), url: atlas.link(siteId, original.siteId, '/') },
    },
  };
  return {
    ...commonOf(place),
    // Unlike the article's own page, this one is not called by the number of what comes to name it.
    tags: [...baseTags(place), namedTag(resource.id), ...tagsOf(material, resource, column)],
    provenance: provenanceOf(resource, resource.revisionId),
    outcome: 'page',
    mediaType: htmlType,
    data: pageOf(material, resource, column, reuse.path),
  };
}

function gonePage(place: Place, removed: RemovedResource): LoadedPage<ArticlePage> {
  const { atlas, reuse, column } = place;
  const prepared = atlas.prepared(reuse.siteId);
  const props = {
    chrome: prepared.chrome,
    path: reuse.path,
    withdrawnOn: dayInChina(removed.removedAt),
    links: atlas.trail(column).slice(-1),
  };
  return {
    ...commonOf(place),
    tags: baseTags(place),
    provenance: provenanceOf(removed, null),
    outcome: 'gone',
    data: { kind: 'gone', props, prepared },
  };
}
