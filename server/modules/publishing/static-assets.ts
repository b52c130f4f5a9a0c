import { constants, brotliCompressSync, gzipSync } from 'node:zlib';

import { type CachedContent, cachedContent, IMMUTABLE } from './cached-page.ts';
import { contentTypeOf, mediaTypeOf } from './media-types.ts';
import { isCompressible } from './page-forms.ts';
import { createFileReader } from './file-reader.ts';
import type { Signature } from './page-reader.ts';
import { readPage } from './read-page.ts';

const RECHECK_MS = 1_000;
const HASHED_NAME = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

interface Asset {
  readonly content: CachedContent;
  readonly name: string;
  readonly signature: Signature;
  checkedAt: number;
}

export interface StaticAssets {
  /** The file when it may be given without a look at the disk. */
  peek(path: string): CachedContent | undefined;
  find(path: string): Promise<CachedContent | undefined>;
}

/** Style sheets, scripts and pictures of the templates: few, our own, kept whole and compressed. */
export function createStaticAssets(directory: string): StaticAssets {
  const reader = createFileReader(directory);
  const assets = new Map<string, Asset>();

  const load = async (path: string): Promise<CachedContent | undefined> => {
    const found = await readPage(reader, '', path);
    if (found?.form !== 'content' || found.bytes === undefined) return undefined;
    const mediaType = mediaTypeOf(found.name);
    const cacheControl = HASHED_NAME.test(path) ? IMMUTABLE : 'public, max-age=300';
    const { digest, modified, bytes, name, signature } = found;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    const packed = isCompressible(contentTypeOf(mediaType))
      ? { gzip: gzipSync(bytes), br: brotliCompressSync(bytes, quality) }
      : {};
    const content = cachedContent(
      { outcome: 'static', mediaType, digest, modified, cacheControl },
      { identity: bytes, ...packed },
    );
    assets.set(path, { content, name, signature, checkedAt: performance.now() });
    return content;
  };

  const peek = (path: string): CachedContent | undefined => {
    const known = assets.get(path);
    return known && performance.now() - known.checkedAt < RECHECK_MS ? known.content : undefined;
  };
  return {
    peek,
    async find(path) {
      const known = assets.get(path);
      if (known === undefined) return load(path);
      const fresh = peek(path);
      if (fresh) return fresh;
      if ((await reader.signature('', known.name)) === known.signature) {
        known.checkedAt = performance.now();
        return known.content;
      }
      assets.delete(path);
      return load(path);
    },
  };
}
