import type { ResourceContent } from '../../../contracts/library.ts';

/** Wherever content names an asset: in texts, in blocks, as cover, attachment or film. */
const naming: ReadonlySet<string> = new Set(['assetId', 'coverAssetId', 'filmAssetId', 'posterAssetId']);

/** The content with one file in the place of another; undefined when it does not name the old one. */
export function withAsset(content: ResourceContent, from: string, to: string): ResourceContent | undefined {
  const found = { old: false };
  const replaced = (value: unknown, key: string): unknown => {
    if (value === from && naming.has(key)) {
      found.old = true;
      return to;
    }
    if (Array.isArray(value)) return value.map((one) => replaced(one, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, name)]));
  };
  const result = replaced(content, '') as ResourceContent;
  return found.old ? result : undefined;
}
