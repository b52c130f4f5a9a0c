import { brotliOf, digestOf, isCompressible, isMacOf, macInGzip, macOf, unpacksTo } from './page-forms.ts';
import { pagesAt, redirectsAt } from './page.queries.ts';
import type { PageRow, StoreProblem } from './page.types.ts';
import { digestInPath, mainFileOf, pathOfFileName } from './page-path.ts';
import type { PublishingEngine } from './publishing-engine.ts';

async function areFormsRight(
  engine: PublishingEngine,
  row: PageRow,
  bytes: Buffer,
  key: Uint8Array,
): Promise<boolean> {
  const name = mainFileOf(row.path, row.outcome);
  const mac = macOf(key, row.site, name, row.digest);
  const read = (suffix: string) => engine.store.read(row.site, `${name}${suffix}`);
  if (row.outcome === 'file' || (row.outcome === 'page' && !isCompressible(row.mediaType))) {
    return digestInPath(row.path) === row.digest || isMacOf(await read('.mac'), mac);
  }
  const gzip = await read('.gz');
  if (gzip === undefined || !isMacOf(macInGzip(gzip), mac) || !unpacksTo('gzip', gzip, bytes)) return false;
  if (row.outcome !== 'page') return true;
  const brotli = await read('.br');
  return brotli === undefined ? brotliOf(bytes) === undefined : unpacksTo('br', brotli, bytes);
}

/** Whether what lies at the page's address is what was published there. */
export async function findDifference(
  engine: PublishingEngine,
  row: PageRow,
  key: Uint8Array,
): Promise<StoreProblem | undefined> {
  const bytes = await engine.store.read(row.site, mainFileOf(row.path, row.outcome));
  if (bytes === undefined) return 'missing';
  if (digestOf(bytes) !== row.digest) return 'changed';
  return (await areFormsRight(engine, row, bytes, key)) ? undefined : 'form';
}

/** The files that may lie in the store for what stands at an address. */
function formNames({ path, outcome, mediaType }: Pick<PageRow, 'path' | 'outcome' | 'mediaType'>) {
  const main = mainFileOf(path, outcome);
  if (outcome === 'file' || (outcome === 'page' && !isCompressible(mediaType)))
    return new Set([main, `${main}.mac`]);
  return new Set(outcome === 'page' ? [main, `${main}.gz`, `${main}.br`] : [main, `${main}.gz`]);
}

/** The addresses that a file in the store may belong to: `x.gz` is `/x.gz` or belongs to `/x`. */
export function ownersOf(name: string): readonly string[] {
  const stem = name.replace(/(\.(gone|moved))?(\.(gz|br|mac))?$/, '');
  return [...new Set([pathOfFileName(name), pathOfFileName(stem)])];
}

/** Those of these files that belong to no page and no redirect. */
export async function findStrays(
  engine: PublishingEngine,
  site: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const owners = new Map(names.map((name) => [name, ownersOf(name)]));
  const addresses = [...new Set([...owners.values()].flat())].map((path) => ({ site, path }));
  const known = new Map((await pagesAt(engine.db, addresses)).map((row) => [row.path, formNames(row)]));
  for (const one of await redirectsAt(engine.db, addresses))
    known.set(one.path, formNames({ path: one.path, outcome: 'moved', mediaType: 'text/plain' }));
  return names.filter(
    (name) => !(owners.get(name) ?? []).some((path) => known.get(path)?.has(name) === true),
  );
}
