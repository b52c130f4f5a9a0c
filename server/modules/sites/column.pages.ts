import {
  type ColumnBody,
  type ColumnProps,
  type ColumnSearch,
  type DisclosurePart,
  type Entry,
  type EntryBlock,
  type Link,
  type Pager,
  type PreparedChrome,
  renderColumn,
  SEARCH_PATH,
} from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { columnBody, plainBody } from './column-bodies.ts';
import { columnIdsAfter, type ColumnRow, columnsById } from './column.queries.ts';
import { disclosureParts, disclosureTitle } from './disclosure-parts.ts';
import { type EntryLoader, type ListedEntry, loadEntries } from './entries.ts';
import { columnBlockTag, columnHeadTag } from './events.ts';
import {
  listingsBefore,
  type ListingRow,
  listingsWithin,
  newestListings,
  pinnedListings,
} from './listing.queries.ts';
import { blockOf, entriesPerPage, lastArchiveBlock, sequencesOf } from './listing.rules.ts';

export interface ColumnPage {
  readonly props: ColumnProps;
  readonly prepared: PreparedChrome;
}

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The newest entries of a column, at the column's own address. */
export function columnPages(options: AtlasOptions): PageDefinition<ColumnPage> {
  return {
    kind: 'column',
    rank: 2,
    keysForTag: (tag) => {
      const match = /^column(?:-head)?:(\d+)$/.exec(tag);
      return match?.[1] === undefined ? [] : [`column/${match[1]}`];
    },
    allKeys: async (db, after, limit) =>
      (await columnIdsAfter(db, after === null ? '0' : idOf(after), limit)).map(
        (column) => `column/${column.id}`,
      ),
    load: (db, keys) => loadColumnPages(db, options, keys.map(idOf)),
    render: ({ data }) => renderColumn(data.props, data.prepared),
  };
}

/** Fewest entries of children shown on the page of a channel. */
const entriesPerSection = 6;
/** Sequences looked through for a page's worth of live entries when many were withdrawn. */
const lookBack = 10 * entriesPerPage;

async function loadColumnPages(
  db: Db,
  options: AtlasOptions,
  columnIds: readonly string[],
): Promise<readonly LoadedPage<ColumnPage>[]> {
  const wanted = await columnsById(db, columnIds);
  const atlas = await loadAtlas(
    db,
    options,
    wanted.map((column) => column.siteId),
  );
  const pages: LoadedPage<ColumnPage>[] = [];
  for (const column of wanted) {
    if (!atlas.shown(column)) continue;
    pages.push(
      column.kind === 'channel' ? await channelPage(db, atlas, column) : await newestPage(db, atlas, column),
    );
  }
  return pages;
}

async function newestPage(db: Db, atlas: Atlas, column: ColumnRow): Promise<LoadedPage<ColumnPage>> {
  const first = sequencesOf(Math.max(1, blockOf(column.lastSequence) - 1)).first;
  const recent = await listingsBefore(db, column.id, null, lookBack);
  const own = recent.filter((row) => Number(row.sequence) >= first);
  // Withdrawals leave holes; a column that has entries never shows an almost empty first page.
  const rows = own.length >= entriesPerPage ? own : recent.slice(0, entriesPerPage);
  const pinned = await pinnedListings(db, [column.id]);
  const loader = await loadEntries(db, atlas, [...pinned, ...rows]);
  const top = loader.load(column.siteId, pinned);
  const topIds = new Set(top.map((one) => one.listing.resourceId));
  const others = loader.load(column.siteId, rows).filter((one) => !topIds.has(one.listing.resourceId));
  const archive = lastArchiveBlock(column.lastSequence);
  const pager: Pager =
    archive === 0 ? {} : { olderUrl: listPath(column, archive), oldestUrl: listPath(column, 1) };
  const listed = [...top, ...others];
  return assemble(atlas, column, {
    key: `column/${column.id}`,
    path: column.path,
    listed,
    body: await columnBody(db, atlas, column, listed),
    pager,
    tags: [columnHeadTag(column.id), ...loader.tagsOf([...pinned, ...rows])],
  });
}

async function channelPage(db: Db, atlas: Atlas, column: ColumnRow): Promise<LoadedPage<ColumnPage>> {
  const children = atlas.children(column.id);
  const fed = children.filter((child) => child.kind !== 'channel');
  const rows = await newestListings(
    db,
    fed.map((child) => child.id),
    entriesPerSection,
  );
  const loader = await loadEntries(db, atlas, rows);
  const sections = fed.flatMap((child): EntryBlock[] => {
    const entries = entriesOf(
      loader,
      column.siteId,
      rows.filter((row) => row.columnId === child.id),
    );
    const isKept = entries.length > 0 || child.linkUrl !== null;
    return isKept ? [{ title: child.name, url: atlas.place(child), entries }] : [];
  });
  return assemble(atlas, column, {
    key: `column/${column.id}`,
    path: column.path,
    listed: [],
    sections,
    pager: {},
    tags: [...fed.map((child) => columnHeadTag(child.id)), ...loader.tagsOf(rows)],
  });
}

const entriesOf = (loader: EntryLoader, siteId: string, rows: readonly ListingRow[]): readonly Entry[] =>
  loader.load(siteId, rows).map((one) => one.entry);

const listPath = (column: ColumnRow, block: number): string => `${column.path}list-${String(block)}.html`;

interface Assembly {
  readonly key: string;
  readonly path: string;
  readonly listed: readonly ListedEntry[];
  readonly body?: ColumnBody | undefined;
  readonly sections?: readonly EntryBlock[];
  readonly pager: Pager;
  readonly tags: readonly string[];
}

function assemble(atlas: Atlas, column: ColumnRow, parts: Assembly): LoadedPage<ColumnPage> {
  const parent = column.parentId === null ? undefined : atlas.column(column.parentId);
  const around =
    column.kind === 'channel' ? atlas.children(column.id) : parent ? atlas.children(parent.id) : [];
  const neighbours: readonly Link[] = around.map((one) => ({ name: one.name, url: atlas.place(one) }));
  const disclosure = disclosureParts(atlas, column);
  const prepared = atlas.prepared(column.siteId);
  return {
    key: parts.key,
    site: column.siteId,
    path: parts.path,
    tags: [...new Set([...parts.tags, ...atlas.tagsOf(column)])],
    outcome: 'page',
    mediaType: htmlType,
    data: {
      prepared,
      props: {
        chrome: prepared.chrome,
        path: parts.path,
        breadcrumb: atlas.trail(column),
        column: atlas.head(column),
        entries: parts.body ? [] : parts.listed.map((one) => one.entry),
        pager: parts.pager,
        ...besideOf(column, { neighbours, disclosure, title: parent?.name ?? column.name }),
        ...(parts.body ? { body: parts.body } : {}),
        ...(isSearched(column) ? { search: searchOf(column) } : {}),
        ...(parts.sections ? { sections: parts.sections } : {}),
      },
    },
  };
}

function besideOf(
  column: ColumnRow,
  around: {
    readonly neighbours: readonly Link[];
    readonly disclosure: readonly DisclosurePart[] | undefined;
    readonly title: string;
  },
): Partial<ColumnProps> {
  if (around.disclosure) return { disclosureParts: around.disclosure, neighboursTitle: disclosureTitle };
  const { neighbours, title } = around;
  return neighbours.length > 1 ? { neighbours, neighboursTitle: title } : {};
}

/** A column that does not fit on one page is searched by itself (rule D-18), and a library of documents always. */
function isSearched(column: ColumnRow): boolean {
  return column.kind === 'policy' || lastArchiveBlock(column.lastSequence) > 0;
}

function searchOf(column: ColumnRow): ColumnSearch {
  return { action: SEARCH_PATH, column: column.id, policies: column.kind === 'policy' };
}

/** Older entries, twenty to a page, numbered from the oldest: a full page never changes its place again. */
export function listPages(options: AtlasOptions): PageDefinition<ColumnPage> {
  return {
    kind: 'list',
    rank: 5,
    keysForTag: (tag) =>
      tag.startsWith('column-block:') ? [`list/${tag.slice('column-block:'.length)}`] : [],
    allKeys: async (db, after, limit) => allListKeys(db, after, limit),
    load: async (db, keys) => {
      const wanted = keys.map((key) => {
        const [columnId = '0', block = '0'] = idOf(key).split('/');
        return { key, columnId, block: Number(block) };
      });
      const columns = new Map(
        (await columnsById(db, [...new Set(wanted.map((one) => one.columnId))])).map((column) => [
          column.id,
          column,
        ]),
      );
      const atlas = await loadAtlas(
        db,
        options,
        [...columns.values()].map((column) => column.siteId),
      );
      const shown = wanted.flatMap(({ columnId, block }): ArchiveBlock[] => {
        const column = columns.get(columnId);
        const there = column && block >= 1 && block <= lastArchiveBlock(column.lastSequence);
        return there && atlas.shown(column) ? [{ column, block }] : [];
      });
      return archivePages(db, atlas, shown);
    },
    render: ({ data }) => renderColumn(data.props, data.prepared),
  };
}

interface ArchiveBlock {
  readonly column: ColumnRow;
  readonly block: number;
}

async function archivePages(
  db: Db,
  atlas: Atlas,
  wanted: readonly ArchiveBlock[],
): Promise<readonly LoadedPage<ColumnPage>[]> {
  const ranges = wanted.map(({ column, block }) => ({ columnId: column.id, ...sequencesOf(block) }));
  const rows = await listingsWithin(db, ranges);
  const loader = await loadEntries(db, atlas, rows);
  const rowsOfBlock = Map.groupBy(rows, (row) => `${row.columnId}/${String(blockOf(row.sequence))}`);
  return wanted.map(({ column, block }) => {
    const own = rowsOfBlock.get(`${column.id}/${String(block)}`) ?? [];
    const newest = block === lastArchiveBlock(column.lastSequence);
    // A pin lifts an entry on the first page only; here it stands in its place.
    const listed = loader.load(
      column.siteId,
      own.map((row) => ({ ...row, pinnedUntil: null })),
    );
    return assemble(atlas, column, {
      key: `list/${column.id}/${String(block)}`,
      path: listPath(column, block),
      listed,
      body: plainBody(atlas, column, listed),
      pager: {
        number: block,
        newestUrl: column.path,
        newerUrl: newest ? column.path : listPath(column, block + 1),
        ...(block > 1 ? { olderUrl: listPath(column, block - 1), oldestUrl: listPath(column, 1) } : {}),
      },
      tags: [columnBlockTag(column.id, block), ...loader.tagsOf(own)],
    });
  });
}

const columnsAtOnce = 200;

/** Every archive page, column by column, from the one after `after`. */
async function allListKeys(db: Db, after: string | null, limit: number): Promise<readonly string[]> {
  const [columnId = '0', block = '0'] = after === null ? [] : idOf(after).split('/');
  const begun = columnId === '0' ? [] : await columnsById(db, [columnId]);
  const keys = begun.flatMap((column) => listKeysOf(column, Number(block) + 1, limit));
  for (let last = columnId; keys.length < limit;) {
    const columns = await columnIdsAfter(db, last, columnsAtOnce);
    const [end] = columns.slice(-1);
    if (!end) break;
    for (const column of columns) keys.push(...listKeysOf(column, 1, limit - keys.length));
    last = end.id;
  }
  return keys;
}

function listKeysOf(column: ColumnRow, from: number, limit: number): readonly string[] {
  const most = Math.min(limit, lastArchiveBlock(column.lastSequence) - from + 1);
  return Array.from({ length: Math.max(0, most) }, (_, at) => `list/${column.id}/${String(from + at)}`);
}
