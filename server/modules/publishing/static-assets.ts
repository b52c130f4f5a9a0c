import { join } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';

import { type CachedContent, cachedContent, IMMUTABLE } from './cached-page.ts';
import { contentTypeOf, mediaTypeOf } from './media-types.ts';
import { isCompressible } from './page-forms.ts';
import { readPage, signatureAt, type Signature } from './read-page.ts';

const RECHECK_MS = 1_000;
const HASHED_NAME = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

interface Asset {
  readonly content: CachedContent;
  readonly file: string;
  readonly signature: Signature;
  checkedAt: number;
}

export type FindAsset = (path: string) => Promise<CachedContent | undefined>;

/** Style sheets, scripts and pictures of the templates: few, our own, kept whole and compressed. */
export function createStaticAssets(directory: string): FindAsset {
  const assets = new Map<string, Asset>();

  const load = async (path: string): Promise<CachedContent | undefined> => {
    const found = await readPage(directory, '.', path);
    if (found?.form !== 'content' || found.bytes === undefined) return undefined;
    const mediaType = mediaTypeOf(found.name);
    const cacheControl = HASHED_NAME.test(path) ? IMMUTABLE : 'public, max-age=300';
    const { digest, modified, bytes, file, signature } = found;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    const packed = isCompressible(contentTypeOf(mediaType))
      ? { gzip: gzipSync(bytes), br: brotliCompressSync(bytes, quality) }
      : {};
    const content = cachedContent(
      { outcome: 'static', mediaType, digest, modified, cacheControl },
      { identity: bytes, ...packed },
    );
    assets.set(path, { content, file, signature, checkedAt: performance.now() });
    return content;
  };

  return async (path) => {
    const known = assets.get(path);
    if (known === undefined) return load(path);
    if (performance.now() - known.checkedAt < RECHECK_MS) return known.content;
    if ((await signatureAt(join(known.file))) === known.signature) {
      known.checkedAt = performance.now();
      return known.content;
    }
    assets.delete(path);
    return load(path);
  };
}
