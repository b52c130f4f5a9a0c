import { brotliOf, digestOf, isCompressible, isMacOf, macInGzip, macOf, unpacksTo } from './page-forms.ts';
import { pagesAt, redirectsAt } from './page.queries.ts';
import type { PageRow, StoreProblem } from './page.types.ts';
import { digestInPath, mainFileOf, pathOfFileName } from './page-path.ts';
import type { PublishingEngine } from './publishing-engine.ts';

const macOfRow = (row: PageRow, key: Uint8Array): Buffer =>
  macOf(key, row.site, mainFileOf(row.path, row.outcome), row.digest);

/** Text has its compressed forms beside it, the gzip form with the seal of the page. */
async function arePackedRight(
  engine: PublishingEngine,
  row: PageRow,
  bytes: Buffer,
  key: Uint8Array,
): Promise<boolean> {
  const name = mainFileOf(row.path, row.outcome);
  const gzip = await engine.store.read(row.site, `${name}.gz`);
  if (gzip === undefined || !isMacOf(macInGzip(gzip), macOfRow(row, key)) || !unpacksTo('gzip', gzip, bytes))
    return false;
  if (row.outcome !== 'page') return true;
  const brotli = await engine.store.read(row.site, `${name}.br`);
  return brotli === undefined ? brotliOf(bytes) === undefined : unpacksTo('br', brotli, bytes);
}

/** Films and pictures have no compressed forms; where the address does not state the digest, a seal lies beside. */
async function isSealRight(engine: PublishingEngine, row: PageRow, key: Uint8Array): Promise<boolean> {
  if (digestInPath(row.path) === row.digest) return true;
  return isMacOf(
    await engine.store.read(row.site, `${mainFileOf(row.path, row.outcome)}.mac`),
    macOfRow(row, key),
  );
}

/** Whether what lies at the page's address is what was published there. */
export async function findDifference(
  engine: PublishingEngine,
  row: PageRow,
  key: Uint8Array,
): Promise<StoreProblem | undefined> {
  const name = mainFileOf(row.path, row.outcome);
  if (!isPacked(row)) {
    const digest = await engine.store.digest(row.site, name);
    if (digest !== row.digest) return digest === undefined ? 'missing' : 'changed';
    return (await isSealRight(engine, row, key)) ? undefined : 'form';
  }
  const bytes = await engine.store.read(row.site, name);
  if (bytes === undefined) return 'missing';
  if (digestOf(bytes) !== row.digest) return 'changed';
  return (await arePackedRight(engine, row, bytes, key)) ? undefined : 'form';
}

/** Whether compressed forms lie beside it. */
const isPacked = ({ outcome, mediaType }: Pick<PageRow, 'outcome' | 'mediaType'>): boolean =>
  outcome !== 'file' && (outcome !== 'page' || isCompressible(mediaType));

/** The files that may lie in the store for what stands at an address. */
function formNames({ path, outcome, mediaType }: Pick<PageRow, 'path' | 'outcome' | 'mediaType'>) {
  const main = mainFileOf(path, outcome);
  if (!isPacked({ outcome, mediaType })) return new Set([main, `${main}.mac`]);
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
