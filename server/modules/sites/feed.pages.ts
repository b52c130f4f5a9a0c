import { renderAtom, renderJsonFeed, renderRss, type RssProps } from '../../../templates/index.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import type { LoadedPage, PageDefinition } from '../../platform/page-definition.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { columnIdsAfter, type ColumnRow, columnsById } from './column.queries.ts';
import { type EntryLoader, loadEntries } from './entries.ts';
import { columnHeadTag, columnTag, siteTag } from './events.ts';
import { type ListingRow, newestListings } from './listing.queries.ts';
import { entriesPerPage } from './listing.rules.ts';
import { allSites } from './site.queries.ts';

const formats = {
  rss: { file: 'rss.xml', mediaType: 'application/rss+xml; charset=utf-8', render: renderRss },
  atom: { file: 'atom.xml', mediaType: 'application/atom+xml; charset=utf-8', render: renderAtom },
  json: { file: 'feed.json', mediaType: 'application/feed+json; charset=utf-8', render: renderJsonFeed },
} as const;
type Format = keyof typeof formats;
const formatNames = Object.keys(formats) as readonly Format[];

/** Where the newest entries of the whole site are; the other formats lie beside it. */
export const siteFeedPath = `/${formats.rss.file}`;

interface FeedKey {
  readonly scope: 'column' | 'site';
  readonly id: string;
  readonly format: Format;
}

interface FeedPage {
  readonly format: Format;
  readonly props: RssProps;
}

const keysOf = (scope: FeedKey['scope'], id: string): readonly string[] =>
  formatNames.map((format) => `feed/${scope}/${id}/${format}`);

function readKey(key: string): FeedKey | undefined {
  const [, scope, id, format] = /^feed\/(column|site)\/(\d+)\/(rss|atom|json)$/.exec(key) ?? [];
  if (id === undefined) return undefined;
  return { scope: scope as FeedKey['scope'], id, format: format as Format };
}

/** The newest entries of each column, and of each site over all its columns, in three formats. */
export function feedPages(options: AtlasOptions): PageDefinition<FeedPage> {
  return {
    kind: 'feed',
    rank: 4,
    keysForTag: (tag) => {
      const [, scope, id] = /^(column|site)(?:-head)?:(\d+)$/.exec(tag) ?? [];
      return id === undefined ? [] : keysOf(scope as FeedKey['scope'], id);
    },
    allKeys: async (db, after, limit) => allKeys(db, after, limit),
    load: async (db, keys) => {
      const asked = keys.flatMap((key) => readKey(key) ?? []);
      return loadFeeds(db, options, asked);
    },
    render: ({ data }) => formats[data.format].render(data.props),
  };
}

/** The feeds of all sites, then those of the columns in order. */
async function allKeys(db: Db, after: string | null, limit: number): Promise<readonly string[]> {
  if (after === null) return (await allSites(db)).flatMap((site) => keysOf('site', site.id));
  const last = readKey(after);
  const from = last?.scope === 'column' ? last.id : '0';
  const columns = await columnIdsAfter(db, from, Math.max(1, Math.floor(limit / formatNames.length)));
  return columns.flatMap((column) => keysOf('column', column.id));
}

async function loadFeeds(
  db: Db,
  options: AtlasOptions,
  asked: readonly FeedKey[],
): Promise<readonly LoadedPage<FeedPage>[]> {
  const idsOf = (scope: FeedKey['scope']): readonly string[] => [
    ...new Set(asked.filter((one) => one.scope === scope).map((one) => one.id)),
  ];
  const columns = await columnsById(db, idsOf('column'));
  const siteIds = idsOf('site');
  const atlas = await loadAtlas(db, options, [...siteIds, ...columns.map((column) => column.siteId)]);
  const sources = [
    ...columns.filter((column) => isFed(atlas, column)).map((column) => sourceOfColumn(atlas, column)),
    ...siteIds.filter((id) => atlas.site(id)).map((id) => sourceOfSite(atlas, id)),
  ];
  // One statement for all: what it reads grows with the columns of a site, never with what they hold.
  const rows = await newestListings(
    db,
    [...new Set(sources.flatMap((one) => one.columnIds))],
    entriesPerPage,
  );
  const loader = await loadEntries(db, atlas, rows);
  const rowsOfColumn = Map.groupBy(rows, (row) => row.columnId);
  return sources.flatMap((source) => {
    const own = newestOf(source.columnIds.flatMap((id) => rowsOfColumn.get(id) ?? []));
    return asked
      .filter((one) => one.scope === source.scope && one.id === source.id)
      .map((one) => feedPage(atlas, { source, loader, rows: own, format: one.format }));
  });
}

const isFed = (atlas: Atlas, column: ColumnRow): boolean => column.kind !== 'channel' && atlas.shown(column);

interface Source {
  readonly scope: FeedKey['scope'];
  readonly id: string;
  readonly siteId: string;
  readonly columnIds: readonly string[];
  readonly title: string;
  readonly description: string;
  /** Of the page whose entries these are; the feed lies below it. */
  readonly path: string;
  readonly tags: readonly string[];
}

function sourceOfColumn(atlas: Atlas, column: ColumnRow): Source {
  return {
    scope: 'column',
    id: column.id,
    siteId: column.siteId,
    columnIds: [column.id],
    title: `${column.name} - ${atlas.prepared(column.siteId).chrome.name}`,
    description: column.description,
    path: column.path,
    tags: [columnHeadTag(column.id), ...atlas.tagsOf(column)],
  };
}

function sourceOfSite(atlas: Atlas, siteId: string): Source {
  const own = atlas.columns.filter((column) => column.siteId === siteId);
  const fed = own.filter((column) => isFed(atlas, column));
  return {
    scope: 'site',
    id: siteId,
    siteId,
    columnIds: fed.map((column) => column.id),
    title: `${atlas.prepared(siteId).chrome.name} - 最新信息`,
    description: atlas.site(siteId)?.description ?? '',
    path: '/',
    tags: [
      siteTag(siteId),
      ...own.map((column) => columnTag(column.id)),
      ...fed.map((column) => columnHeadTag(column.id)),
    ],
  };
}

/** A resource that stands in several columns is told once. */
function newestOf(rows: readonly ListingRow[]): readonly ListingRow[] {
  const inOrder = rows.toSorted(
    (one, other) =>
      other.listedAt.getTime() - one.listedAt.getTime() || Number(other.resourceId) - Number(one.resourceId),
  );
  const first = new Map<string, ListingRow>();
  for (const row of inOrder) if (!first.has(row.resourceId)) first.set(row.resourceId, row);
  return [...first.values()].slice(0, entriesPerPage);
}

interface FeedParts {
  readonly source: Source;
  readonly loader: EntryLoader;
  readonly rows: readonly ListingRow[];
  readonly format: Format;
}

function feedPage(atlas: Atlas, { source, loader, rows, format }: FeedParts): LoadedPage<FeedPage> {
  const { chrome } = atlas.prepared(source.siteId);
  const absolute = (address: string): string =>
    address.startsWith('/') ? chrome.homeUrl + address.slice(1) : address;
  const path = `${source.path}${formats[format].file}`;
  return {
    key: `feed/${source.scope}/${source.id}/${format}`,
    site: source.siteId,
    path,
    tags: [...new Set([...source.tags, ...loader.tagsOf(rows)])],
    outcome: 'page',
    mediaType: formats[format].mediaType,
    data: {
      format,
      props: {
        title: source.title,
        description: source.description,
        url: absolute(source.path),
        selfUrl: absolute(path),
        author: chrome.organiser,
        items: loader.load(source.siteId, rows).map(({ entry, heading }) => ({
          title: entry.title,
          url: absolute(entry.url),
          description: entry.summary ?? entry.title,
          publishedAt: minuteInChina(heading.firstPublishedAt),
          updatedAt: minuteInChina(heading.lastPublishedAt),
          source: entry.origin,
        })),
      },
    },
  };
}
