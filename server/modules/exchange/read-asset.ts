import type { Readable } from 'node:stream';

import type { AssetStore } from '../../platform/asset-store.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { assetsByContent, liveUsesOf, openIds } from '../library/index.ts';
import type { KeyView } from './key-view.ts';
import { fullTextWithheld } from './read-resources.ts';

export interface OpenFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: string;
  readonly open: () => Readable;
}

/** A file by its contents, while something that the key may see shows it. */
export async function findOpenFile(
  { db, assets }: { readonly db: Db; readonly assets: AssetStore },
  view: KeyView,
  digest: string,
): Promise<OpenFile> {
  if (!view.fullText) throw fullTextWithheld();
  const uses = await liveUsesOf(db, [digest]);
  const visible = await openIds(db, view.now, [...new Set(uses.map((use) => use.resourceId))]);
  const use = uses.find((one) => visible.has(one.resourceId));
  const [stored] = await assetsByContent(db, [digest]);
  if (!use || !stored || !(await assets.has(digest))) {
    throw new AppError('not-found', 'exchange.asset-not-found', '没有这个文件，或者不在密钥的范围内。');
  }
  const { fileName, mediaType } = use;
  return { fileName, mediaType, size: stored.size, open: () => assets.open(digest) };
}
