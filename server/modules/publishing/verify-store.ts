import { markForced } from './dirty.queries.ts';
import { brotliOf, digestOf, isCompressible, isMacOf, macInGzip, macOf, unpacksTo } from './page-forms.ts';
import { pagesAfter, pagesAt, redirectsAt } from './page.queries.ts';
import type { PageRow } from './page.types.ts';
import { digestInPath, fileNameOf, mainFileOf, pathOfFileName } from './page-path.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { formNamesOf } from './settle-address.ts';

export interface StoreDifference {
  readonly site: string;
  readonly path: string;
  /** A page's file is not there, says something else, has a wrong compressed form; or nobody knows it. */
  readonly problem: 'missing' | 'changed' | 'form' | 'stray';
}

export interface VerifyOptions {
  readonly key: Uint8Array;
  /** Have what differs written again, and strays removed. */
  readonly restore?: boolean;
  readonly onProgress?: (pages: number) => void;
}

const PAGES_PER_BATCH = 200;
const MOST_DIFFERENCES = 10_000;

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

async function findDifference(
  engine: PublishingEngine,
  row: PageRow,
  key: Uint8Array,
): Promise<StoreDifference['problem'] | undefined> {
  const bytes = await engine.store.read(row.site, mainFileOf(row.path, row.outcome));
  if (bytes === undefined) return 'missing';
  if (digestOf(bytes) !== row.digest) return 'changed';
  return (await areFormsRight(engine, row, bytes, key)) ? undefined : 'form';
}

async function isOutdated(engine: PublishingEngine, row: PageRow): Promise<boolean> {
  // A page that changed while it was read has another row by now.
  const [now] = await pagesAt(engine.db, [row]);
  return now?.digest !== row.digest || now.outcome !== row.outcome;
}

async function findStrays(
  engine: PublishingEngine,
  site: string,
  names: readonly string[],
): Promise<readonly string[]> {
  // A name may be a page of its own or a form of one: `x.gz` is `/x.gz` or belongs to `/x`.
  const owners = new Map(
    names.map((name) => {
      const stem = name.replace(/(\.(gone|moved))?(\.(gz|br|mac))?$/, '');
      return [name, [pathOfFileName(name), pathOfFileName(stem)]] as const;
    }),
  );
  const addresses = [...new Set([...owners.values()].flat())].map((path) => ({ site, path }));
  const known = new Map(
    (await pagesAt(engine.db, addresses)).map((row) => [row.path, new Set(formNamesOf(row.path))]),
  );
  for (const one of await redirectsAt(engine.db, addresses)) {
    known.set(one.path, new Set([`${fileNameOf(one.path)}.moved`, `${fileNameOf(one.path)}.moved.gz`]));
  }
  return names.filter(
    (name) => !(owners.get(name) ?? []).some((path) => known.get(path)?.has(name) === true),
  );
}

async function* strayNames(engine: PublishingEngine, site: string): AsyncGenerator<readonly string[]> {
  let names: string[] = [];
  for await (const name of engine.store.list(site)) {
    names.push(name);
    if (names.length < PAGES_PER_BATCH) continue;
    yield await findStrays(engine, site, names);
    names = [];
  }
  if (names.length > 0) yield await findStrays(engine, site, names);
}

async function* differingPages(
  engine: PublishingEngine,
  options: VerifyOptions,
): AsyncGenerator<StoreDifference> {
  let pages = 0;
  for (let after = ''; ;) {
    const rows = await pagesAfter(engine.db, after, PAGES_PER_BATCH);
    if (rows.length === 0) return;
    after = rows.at(-1)?.key ?? '';
    for (const row of rows) {
      const problem = await findDifference(engine, row, options.key);
      if (problem === undefined || (await isOutdated(engine, row))) continue;
      if (options.restore === true) await markForced(engine.db, [row.key], 0);
      yield { site: row.site, path: row.path, problem };
    }
    pages += rows.length;
    options.onProgress?.(pages);
  }
}

async function* strayFiles(
  engine: PublishingEngine,
  options: VerifyOptions,
): AsyncGenerator<StoreDifference> {
  for (const site of await engine.store.sites()) {
    for await (const names of strayNames(engine, site)) {
      for (const name of names) {
        if (options.restore === true) await engine.store.remove(site, name);
        yield { site, path: `/${name}`, problem: 'stray' };
      }
    }
  }
}

/** Reads the whole page store and compares it with the database. Differences are capped at 10,000. */
export async function verifyStore(
  engine: PublishingEngine,
  options: VerifyOptions,
): Promise<readonly StoreDifference[]> {
  const differences: StoreDifference[] = [];
  for (const found of [differingPages(engine, options), strayFiles(engine, options)]) {
    for await (const difference of found) {
      differences.push(difference);
      if (differences.length >= MOST_DIFFERENCES) return differences;
    }
  }
  return differences;
}

/** Has the page at an address written again, because what lies there is not what was published. */
export async function restorePage(
  engine: Pick<PublishingEngine, 'db'>,
  site: string,
  path: string,
): Promise<void> {
  const rows = await pagesAt(engine.db, [{ site, path }]);
  if (rows.length > 0)
    await markForced(
      engine.db,
      rows.map((row) => row.key),
      0,
    );
}
