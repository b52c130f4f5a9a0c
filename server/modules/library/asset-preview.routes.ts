import { type AssetPreview, libraryApi } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Routes } from '../../platform/http.ts';
import { findAsset, type LibraryRouteParts, requireSound } from './asset.routes.ts';
import { type FoundPreview, type PreviewPage, previewOf, previewPagesOf } from './preview.queries.ts';

const nothing = {
  kind: 'none',
  pages: [],
  totalPages: null,
  body: null,
  isWhole: false,
  findings: [],
} as const;

function present(found: FoundPreview): AssetPreview {
  if (found.state !== 'made') return { ...nothing, pages: [], findings: [], state: found.state };
  return {
    ...found,
    pages: found.pages.map(({ width, height }) => ({ width, height })),
    findings: [...found.findings],
  };
}

async function pageOf(db: Db, digest: string, number: number): Promise<PreviewPage> {
  const page = (await previewPagesOf(db, [digest])).get(digest)?.pages[number - 1];
  if (page) return page;
  throw new AppError('not-found', 'library.asset-page-not-found', '这个文件没有这一页的预览。');
}

/** Documents looked at without being opened; whoever may not see the file sees no page of it. */
export function assetPreviewRoutes(parts: Pick<LibraryRouteParts, 'assets'>): Routes {
  return (mount, { consult }) => {
    mount(libraryApi.getAssetPreview, ({ caller, params }) =>
      consult(caller, 'library.get-asset-preview', async (reader) => {
        const { digest } = await findAsset(reader, params.id);
        return present(await previewOf(reader.db, digest));
      }),
    );
    mount(libraryApi.getAssetPreviewPage, async ({ caller, params, reply }) => {
      const page = await consult(caller, 'library.get-asset-preview-page', async (reader) => {
        const row = await findAsset(reader, params.id);
        requireSound(row);
        return pageOf(reader.db, row.digest, params.number);
      });
      return reply
        .type('image/webp')
        .header('content-length', page.bytes)
        .header('content-disposition', 'inline')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=3600')
        .send(parts.assets.open(page.digest));
    });
  };
}
