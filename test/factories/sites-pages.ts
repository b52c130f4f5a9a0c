import { createHash } from 'node:crypto';

import {
  applyEvents,
  fullRebuild,
  type LoadedPage,
  type PageDefinition,
  type PageStore,
  type PageWriter,
  type PublishingEngine,
  rebuildDirty,
} from '../../server/modules/publishing/index.ts';
import { publicPages } from '../../server/modules/sites/index.ts';
import type { Db } from '../../server/platform/db.ts';
import { atlasOptions } from './sites.ts';

/** What stands at an address: the outcome and its bytes, or the digest of a file. */
export type Shown = ReadonlyMap<string, string>;

/** A page engine that keeps pages in memory: as the worker's, without files. */
export interface MemoryPages {
  readonly engine: PublishingEngine;
  readonly shown: Map<string, string>;
  /** Applies every event announced since the last call, and builds what they call for. */
  readonly follow: () => Promise<readonly string[]>;
  /** Builds everything anew, as on the first start. */
  readonly rebuild: () => Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function refusingStore(): PageStore {
  return new Proxy({} as PageStore, {
    get: () => () => Promise.reject(new Error('these pages are kept in memory')),
  });
}

function memoryWriter(shown: Map<string, string>): PageWriter {
  return {
    settle: (changes) => {
      for (const { site, path, state } of changes) {
        const address = `${site}${path}`;
        if (state.outcome === 'absent') shown.delete(address);
        else if (state.outcome === 'file') shown.set(address, `file ${state.digest}`);
        else shown.set(address, `${state.outcome} ${Buffer.from(state.bytes).toString()}`);
      }
      return Promise.resolve(changes.map(() => null));
    },
    stop: () => Promise.resolve(),
  };
}

/**
 * Applies every event announced since the last call as the worker does, builds what they call for, and answers which
 * pages were asked for.
 */
export function aFollower(engine: PublishingEngine, limit = 500): () => Promise<readonly string[]> {
  const { db } = engine;
  let lastEvent = '0';
  return async () => {
    const events = await db
      .selectFrom('platform.event')
      .select(['id', 'tags', 'priority'])
      .where('id', '>', lastEvent)
      .orderBy('id')
      .execute();
    lastEvent = events.at(-1)?.id ?? lastEvent;
    for (const priority of [0, 1] as const) {
      const waiting = events.filter((event) => event.priority === priority);
      await applyEvents(db, engine.definitions, waiting, priority);
    }
    const asked = await db.selectFrom('publishing.dirty').select('page_key').execute();
    for (let taken = 1; taken > 0;) ({ taken } = await rebuildDirty(engine, { limit }));
    const left = await db.selectFrom('publishing.dirty').select(['page_key', 'problem']).execute();
    if (left.length > 0) throw new Error(`pages could not be built: ${JSON.stringify(left)}`);
    return asked.map((row) => row.page_key);
  };
}

export function inMemory(db: Db): MemoryPages {
  const shown = new Map<string, string>();
  const engine: PublishingEngine = {
    db,
    definitions: publicPages(atlasOptions()),
    store: refusingStore(),
    writer: memoryWriter(shown),
    log: silent,
    // Only its size is asked for.
    assetPath: () => import.meta.filename,
  };
  const follow = aFollower(engine);
  const rebuild = async (): Promise<void> => {
    await fullRebuild(engine);
  };
  return { engine, shown, follow, rebuild };
}

async function keysOf(db: Db, definition: PageDefinition): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let after: string | null = null; ;) {
    // Small pages, so that paging is tried too.
    const some: readonly string[] = await definition.allKeys(db, after, 3);
    if (some.length === 0) return keys;
    keys.push(...some);
    after = some.at(-1) ?? null;
  }
}

function shownOf(definition: PageDefinition, page: LoadedPage): string {
  switch (page.outcome) {
    case 'file':
      return `file ${page.digest}`;
    case 'moved':
      return `moved ${page.to}`;
    case 'page':
    case 'gone':
      return `${page.outcome} ${definition.render(page)}`;
  }
}

export interface ScratchBuild {
  readonly shown: Shown;
  readonly tags: ReadonlyMap<string, string>;
}

/** Every page from what the database says now, without the engine: what a full rebuild would give. */
export async function buildFromScratch(db: Db): Promise<ScratchBuild> {
  const shown = new Map<string, string>();
  const tags = new Map<string, string>();
  for (const definition of publicPages(atlasOptions())) {
    const keys = await keysOf(db, definition);
    if (new Set(keys).size !== keys.length) throw new Error(`${definition.kind} names a key twice`);
    for (const page of await definition.load(db, keys)) {
      const address = `${page.site}${decodeURIComponent(page.path)}`;
      if (shown.has(address)) throw new Error(`two pages at ${address}`);
      shown.set(address, shownOf(definition, page));
      tags.set(page.key, [...new Set(page.tags)].sort().join(' '));
    }
  }
  return { shown, tags };
}

async function storedTags(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('publishing.page').select(['key', 'tags']).execute();
  return new Map(rows.map((row) => [row.key, [...row.tags].sort().join(' ')]));
}

function differences(kind: string, now: Shown, wanted: Shown): readonly string[] {
  const brief = (text: string | undefined): string =>
    text === undefined ? 'nothing' : createHash('sha256').update(text).digest('hex').slice(0, 8);
  return [...new Set([...now.keys(), ...wanted.keys()])]
    .filter((one) => now.get(one) !== wanted.get(one))
    .sort()
    .map((one) => `${kind} ${one}: is ${brief(now.get(one))}, ought to be ${brief(wanted.get(one))}`);
}

/** Where the pages kept up to date by events differ from a full rebuild. Redirects of moved pages may be left over. */
export async function differencesFromScratch(db: Db, pages: MemoryPages): Promise<readonly string[]> {
  const wanted = await buildFromScratch(db);
  const now = new Map(
    [...pages.shown].filter(([address, what]) => wanted.shown.has(address) || !what.startsWith('moved ')),
  );
  return [
    ...differences('page', now, wanted.shown),
    ...differences('tags of', await storedTags(db), wanted.tags),
  ];
}

/** Addresses that pages lead to and where no page stands. What other servers answer is not looked at. */
export function deadLinks(shown: Shown): readonly string[] {
  const dead = new Set<string>();
  for (const [address, what] of shown) {
    const site = address.slice(0, address.indexOf('/'));
    for (const link of linksIn(what)) {
      const target = shown.get(`${site}${decodeURIComponent(link)}`) ?? 'nothing';
      if (!/^(?:page|file) /.test(target)) dead.add(`${address} leads to ${link}: ${target.slice(0, 40)}`);
    }
  }
  return [...dead].sort();
}

/** Paths on the same site that a page leads to, but for what the public server answers without a page. */
function linksIn(what: string): readonly string[] {
  if (!/^(?:page|gone) /.test(what)) return [];
  const links = [...what.matchAll(/(?:href|src|action)="(\/[^"#?]*)/g)].map(([, link]) => link ?? '');
  return links.filter(
    (link) =>
      !/^\/(?:static\/|(?:search|leaving|qr\.svg|correction|corrections|correction\/status|feedback)$)/.test(
        link,
      ),
  );
}
