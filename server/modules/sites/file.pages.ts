import type { Db } from '../../platform/db.ts';
import type { LoadedPage, PageDefinition } from '../../platform/page-definition.ts';
import { type AssetUse, assetsById, liveUsesAfter, liveUsesOf } from '../library/index.ts';
import { filePath } from './entries.ts';
import { fileTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';

/** Pictures and attachments of live pages: public exactly as long as a live page of the site uses them. */
export function filePages(): PageDefinition<never> {
  return {
    kind: 'file',
    rank: 0,
    keysForTag: (tag) => (tag.startsWith('file:') ? [`file/${tag.slice('file:'.length)}`] : []),
    allKeys: async (db, after, limit) => {
      const afterAsset = after === null ? '0' : (after.split('/').at(-1) ?? '0');
      const uses = await liveUsesAfter(db, afterAsset, limit);
      return [...(await keysOf(db, uses))].sort(byAsset);
    },
    load: async (db, keys) => {
      const wanted = new Set(keys);
      const assetIds = [...new Set(keys.map((key) => key.split('/').at(-1) ?? '0'))];
      const shown = await keysOf(db, await liveUsesOf(db, assetIds));
      const assets = await assetsById(db, assetIds);
      return [...shown].filter((key) => wanted.has(key)).flatMap((key): LoadedPage<never>[] => {
        const [, siteId = '0', assetId = '0'] = key.split('/');
        const asset = assets.get(assetId);
        if (!asset) return [];
        return [
          {
            key,
            site: siteId,
            path: filePath(asset),
            tags: [fileTag(siteId, assetId)],
            outcome: 'file',
            mediaType: asset.mediaType,
            digest: asset.digest,
          },
        ];
      });
    },
    render: () => {
      throw new Error('a file is copied, not rendered');
    },
  };
}

async function keysOf(db: Db, uses: readonly AssetUse[]): Promise<ReadonlySet<string>> {
  const addresses = await addressesOf(db, [...new Set(uses.map((use) => use.resourceId))]);
  return new Set(
    uses.flatMap((use) => {
      const address = addresses.get(use.resourceId);
      return address ? [`file/${address.siteId}/${use.assetId}`] : [];
    }),
  );
}

function byAsset(one: string, other: string): number {
  const idOf = (key: string): bigint => BigInt(key.split('/').at(-1) ?? '0');
  return Number(idOf(one) - idOf(other));
}
