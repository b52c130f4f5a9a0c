import type { HomeBlock } from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import type { ShownAsset, LiveResource } from '../library/index.ts';
import type { AtlasOptions } from './atlas.ts';
import { type TopicMark, topicsOf } from './composed.queries.ts';
import type { AddressRow } from './listing.queries.ts';
import { loadBlocks } from './load-blocks.ts';

/** A topic and the site on which its page stands. */
export interface TopicPlace {
  readonly resource: LiveResource;
  readonly siteId: string;
}

interface ShownTopic {
  /** What holds now, whatever the text says; undefined for a draft. */
  readonly mark?: TopicMark | undefined;
  readonly blocks: readonly HomeBlock[];
}

/** What the pages of some topics show, by resource. */
export interface TopicShelf {
  shown(resourceId: string): ShownTopic;
  tagsOf(resourceId: string): readonly string[];
}

export function topicsAmong(
  resources: readonly LiveResource[],
  addresses: ReadonlyMap<string, AddressRow>,
): readonly TopicPlace[] {
  return resources.flatMap((resource) => {
    const siteId = addresses.get(resource.id)?.siteId;
    return resource.type === 'topic' && siteId !== undefined ? [{ resource, siteId }] : [];
  });
}

export async function loadTopics(
  db: Db,
  options: AtlasOptions,
  topics: readonly TopicPlace[],
  fileUrl?: (asset: ShownAsset) => string,
): Promise<TopicShelf> {
  if (topics.length === 0) return { shown: () => ({ blocks: [] }), tagsOf: () => [] };
  const pages = new Map(
    topics.map(({ resource, siteId }) => [resource.id, { siteId, blocks: resource.content.blocks ?? [] }]),
  );
  const marks = await topicsOf(db, [...pages.keys()]);
  const shelf = await loadBlocks(db, options, [...pages.values()], fileUrl);
  return {
    shown: (id) => {
      const page = pages.get(id);
      return { mark: marks.get(id), blocks: page ? shelf.show(page) : [] };
    },
    tagsOf: (id) => {
      const page = pages.get(id);
      return page ? shelf.tagsOf(page) : [];
    },
  };
}
