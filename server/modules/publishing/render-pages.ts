import { stat } from 'node:fs/promises';

import { bytesOf, digestOf, isCompressible } from './page-forms.ts';
import { isReservedName, requirePagePath, requireSiteKey } from './page-path.ts';
import type { LoadedPage, PageDefinition, PageRow, Provenance } from './page.types.ts';
import { kindOf, type PublishingEngine } from './publishing-engine.ts';
import type { AddressState } from './settle-address.ts';

/** A page as it must be now. */
export type BuiltPage =
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'problem'; readonly problem: string }
  | {
      readonly outcome: 'built';
      readonly row: PageRow;
      readonly state: AddressState;
      readonly provenance?: Provenance | undefined;
    };

const absent: BuiltPage = { outcome: 'absent' };

function problemOf(error: unknown): BuiltPage {
  return {
    outcome: 'problem',
    problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

interface Content {
  readonly state: AddressState;
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly target: string | null;
}

async function contentOf(
  engine: PublishingEngine,
  definition: PageDefinition,
  page: LoadedPage,
): Promise<Content> {
  switch (page.outcome) {
    case 'file': {
      const source = engine.assetPath(page.digest);
      const { size } = await stat(source);
      const { mediaType, digest } = page;
      return { state: { outcome: 'file', mediaType, source, digest }, mediaType, digest, size, target: null };
    }
    case 'moved': {
      const bytes = bytesOf(page.to);
      const common = { mediaType: 'text/plain', digest: digestOf(bytes), size: bytes.length };
      return { ...common, state: { outcome: 'moved', bytes }, target: page.to };
    }
    case 'gone': {
      const bytes = bytesOf(definition.render(page));
      const common = { mediaType: 'text/html', digest: digestOf(bytes), size: bytes.length };
      return { ...common, state: { outcome: 'gone', bytes }, target: null };
    }
    case 'page': {
      const bytes = bytesOf(definition.render(page));
      const { mediaType } = page;
      const common = { mediaType, digest: digestOf(bytes), size: bytes.length };
      return { ...common, state: { outcome: 'page', mediaType, bytes }, target: null };
    }
  }
}

async function buildPage(
  engine: PublishingEngine,
  definition: PageDefinition,
  page: LoadedPage,
): Promise<BuiltPage> {
  try {
    const path = requirePagePath(page.path);
    const isPlainFile = page.outcome === 'file' && !isCompressible(page.mediaType);
    if (isReservedName(path) && !isPlainFile) {
      return { outcome: 'problem', problem: `publishing.path-reserved: ${path}` };
    }
    const { state, ...content } = await contentOf(engine, definition, page);
    const row: PageRow = {
      key: page.key,
      kind: definition.kind,
      rank: definition.rank,
      site: requireSiteKey(page.site),
      path,
      outcome: page.outcome,
      tags: [...new Set(page.tags)].sort(),
      ...content,
    };
    return { outcome: 'built', row, state, provenance: page.provenance };
  } catch (error) {
    return problemOf(error);
  }
}

async function loadKind(
  engine: PublishingEngine,
  definition: PageDefinition,
  keys: readonly string[],
): Promise<readonly (readonly [string, BuiltPage])[]> {
  let loaded: readonly LoadedPage[];
  try {
    loaded = await definition.load(engine.db, keys);
  } catch (error) {
    // One page's bad row must not hold up its whole kind.
    if (keys.length === 1) return keys.map((key) => [key, problemOf(error)] as const);
    const single: (readonly [string, BuiltPage])[] = [];
    for (const key of keys) single.push(...(await loadKind(engine, definition, [key])));
    return single;
  }
  return Promise.all(
    loaded.map(async (page) => [page.key, await buildPage(engine, definition, page)] as const),
  );
}

/** Loads and renders pages in bulk, kind by kind. A key without a page is answered as absent. */
export async function renderPages(
  engine: PublishingEngine,
  keys: readonly string[],
): Promise<ReadonlyMap<string, BuiltPage>> {
  const built = new Map<string, BuiltPage>(keys.map((key) => [key, absent]));
  const kinds = new Set(keys.map(kindOf));
  for (const definition of engine.definitions.filter((one) => kinds.has(one.kind))) {
    const some = keys.filter((key) => kindOf(key) === definition.kind);
    for (const [key, page] of await loadKind(engine, definition, some))
      if (built.has(key)) built.set(key, page);
  }
  return built;
}
