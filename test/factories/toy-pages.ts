import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';

import {
  applyEvents,
  createFileStore,
  createInlineWriter,
  type LoadedPage,
  type PageDefinition,
  type PageStore,
  type PublishingEngine,
  type PublishingLog,
} from '../../server/modules/publishing/index.ts';
import type { Db } from '../../server/platform/db.ts';

/** A domain of its own for the page engine: articles, and lists of a column's articles. */
export interface ToyPage {
  readonly site?: string;
  readonly path: string;
  readonly body?: string;
  readonly outcome?: 'page' | 'gone' | 'moved';
  readonly column?: number;
  /** A tag `first:<time>` says when the article was first published. */
  readonly tags?: readonly string[];
}

interface ToyRow {
  readonly id: string;
  readonly site: string;
  readonly path: string;
  readonly body: string;
  readonly outcome: 'page' | 'gone' | 'moved';
  readonly column: number;
  readonly tags: readonly string[];
}

export const toyKey = Buffer.alloc(32, 7);
export const silentLog: PublishingLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export async function createToyTable(db: Db): Promise<void> {
  await sql`create table toy_page (id text primary key, site text, path text, body text, outcome text,
    "column" int, tags text[])`.execute(db);
}

export async function putToy(db: Db, id: string, page: ToyPage): Promise<void> {
  await sql`insert into toy_page values (${id}, ${page.site ?? '1'}, ${page.path}, ${page.body ?? `body of ${id}`},
      ${page.outcome ?? 'page'}, ${page.column ?? 1}, ${[...(page.tags ?? [])]}::text[])
    on conflict (id) do update set site = excluded.site, path = excluded.path, body = excluded.body,
      outcome = excluded.outcome, "column" = excluded."column", tags = excluded.tags`.execute(db);
}

export async function dropToy(db: Db, id: string): Promise<void> {
  await sql`delete from toy_page where id = ${id}`.execute(db);
}

const html = (title: string, body: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}${' 政府信息公开 '.repeat(40)}</body></html>`;

function toLoaded(row: ToyRow): LoadedPage<string> {
  const first = row.tags.find((tag) => tag.startsWith('first:'))?.slice('first:'.length);
  const shown = first && {
    resource: row.id,
    revision: null,
    firstPublishedAt: new Date(first),
    imported: false,
  };
  const common = {
    key: `article/${row.id}`,
    site: row.site,
    path: row.path,
    ...(shown ? { provenance: shown } : {}),
  };
  const tags = [`resource:${row.id}`, `site:${row.site}`, ...row.tags];
  if (row.outcome === 'moved') return { ...common, tags, outcome: 'moved', to: row.body };
  if (row.outcome === 'gone') return { ...common, tags, outcome: 'gone', data: row.body };
  return { ...common, tags, outcome: 'page', mediaType: 'text/html', data: row.body };
}

export const toyArticles: PageDefinition<string> = {
  kind: 'article',
  rank: 5,
  keysForTag: (tag) => (tag.startsWith('resource:') ? [`article/${tag.slice('resource:'.length)}`] : []),
  async allKeys(db, after, limit) {
    const { rows } = await sql<{ key: string }>`select 'article/' || id as key from toy_page
      where 'article/' || id > ${after ?? ''} order by 'article/' || id limit ${limit}`.execute(db);
    return rows.map((row) => row.key);
  },
  async load(db, keys) {
    const ids = keys.map((key) => key.slice('article/'.length));
    const { rows } = await sql<ToyRow>`select * from toy_page where id = any(${ids}::text[])`.execute(db);
    return rows.map(toLoaded);
  },
  render: (page) => html(page.key, page.data),
};

/** `list/<column>`: one page per column that has articles. */
export const toyLists: PageDefinition<readonly string[]> = {
  kind: 'list',
  rank: 1,
  keysForTag: (tag) => (tag.startsWith('column:') ? [`list/${tag.slice('column:'.length)}`] : []),
  async allKeys(db, after, limit) {
    const { rows } = await sql<{ key: string }>`select distinct 'list/' || "column" as key from toy_page
      where 'list/' || "column" > ${after ?? ''} order by key limit ${limit}`.execute(db);
    return rows.map((row) => row.key);
  },
  async load(db, keys) {
    const columns = keys.map((key) => Number(key.slice('list/'.length)));
    const { rows } = await sql<{ column: number; entries: string[] }>`
      select "column", array_agg(id || ' ' || body order by id) as entries from toy_page
      where "column" = any(${columns}::int[]) group by "column"`.execute(db);
    return rows.map((row) => ({
      key: `list/${row.column}`,
      site: '1',
      path: `/column-${row.column}/`,
      tags: [`column:${row.column}`],
      outcome: 'page',
      mediaType: 'text/html',
      data: row.entries,
    }));
  },
  render: (page) => html(page.key, page.data.map((entry) => `<li>${entry}</li>`).join('')),
};

export interface ToyEngine {
  readonly engine: PublishingEngine;
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

/** An engine over the toy pages that writes into a folder of its own. */
export async function aToyEngine(
  db: Db,
  options: { store?: (store: PageStore) => PageStore; more?: Partial<PublishingEngine> } = {},
): Promise<ToyEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-pages-'));
  const files = createFileStore(directory);
  const store = options.store?.(files) ?? files;
  const engine: PublishingEngine = {
    db,
    definitions: [toyArticles, toyLists],
    store,
    writer: createInlineWriter(store, toyKey),
    log: silentLog,
    assetPath: (digest) => join(directory, '..', digest),
    ...options.more,
  };
  return { engine, directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

export function announceToy(
  engine: PublishingEngine,
  tags: readonly string[],
  priority: 0 | 1 = 0,
): Promise<number> {
  return applyEvents(engine.db, engine.definitions, [{ tags }], priority);
}

/** Every file of a store with what it holds, to compare stores by. */
export async function filesIn(store: PageStore): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const site of await store.sites()) {
    for await (const name of store.list(site)) {
      files.set(`${site}/${name}`, (await store.read(site, name))?.toString('base64') ?? '');
    }
  }
  return new Map([...files].sort());
}
