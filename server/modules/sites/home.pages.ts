import {
  type EntryBlock,
  type HomeBlock,
  type HomeProps,
  type PreparedChrome,
  renderHome,
} from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';
import { type EntryLoader, loadEntries } from './entries.ts';
import { columnHeadTag, columnTag, siteTag } from './events.ts';
import { siteFeedPath } from './feed.pages.ts';
import { type ListingRow, newestListings, pinnedListings } from './listing.queries.ts';
import { allSites, type SiteRow } from './site.queries.ts';

export interface HomePage {
  readonly props: HomeProps;
  readonly prepared: PreparedChrome;
}

const entriesPerBlock = 8;
const mostStories = 5;
/** Read a few more than are shown, so that pictures for the stories are found among them. */
const lookBack = 24;

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The home page of each site, composed from the columns that say they belong there. */
export function homePages(options: AtlasOptions): PageDefinition<HomePage> {
  return {
    kind: 'home',
    rank: 0,
    keysForTag: (tag) => (tag.startsWith('site:') ? [`home/${tag.slice('site:'.length)}`] : []),
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `home/${site.id}`) : [],
    load: async (db, keys) => {
      const ids = keys.map(idOf);
      const atlas = await loadAtlas(db, options, ids);
      const pages: LoadedPage<HomePage>[] = [];
      for (const site of ids.flatMap((id) => atlas.site(id) ?? []))
        pages.push(await homePage(db, atlas, site));
      return pages;
    },
    render: ({ data }) => renderHome(data.props, data.prepared),
  };
}

async function homePage(db: Db, atlas: Atlas, site: SiteRow): Promise<LoadedPage<HomePage>> {
  const columns = atlas.columns
    .filter((column) => column.siteId === site.id && column.homePosition !== null && atlas.shown(column))
    .sort((a, b) => (a.homePosition ?? 0) - (b.homePosition ?? 0));
  const ids = columns.map((column) => column.id);
  const rows = await newestListings(db, ids, lookBack);
  const pinned = await pinnedListings(db, ids);
  const loader = await loadEntries(db, atlas, [...pinned, ...rows]);
  const prepared = atlas.prepared(site.id);
  return {
    key: `home/${site.id}`,
    site: site.id,
    path: '/',
    tags: [
      ...new Set([
        siteTag(site.id),
        ...ids.flatMap((id) => [columnHeadTag(id), columnTag(id)]),
        ...loader.tagsOf([...pinned, ...rows]),
      ]),
    ],
    outcome: 'page',
    mediaType: htmlType,
    data: {
      prepared,
      props: {
        chrome: prepared.chrome,
        description: site.description,
        keywords: [site.name, site.shortName],
        rssUrl: siteFeedPath,
        blocks: blocksOf(atlas, site, columns, { loader, rows, pinned }),
      },
    },
  };
}

interface Entries {
  readonly loader: EntryLoader;
  readonly rows: readonly ListingRow[];
  readonly pinned: readonly ListingRow[];
}

function blocksOf(
  atlas: Atlas,
  site: SiteRow,
  columns: readonly ColumnRow[],
  entries: Entries,
): readonly HomeBlock[] {
  const filled = columns.map((column) => ({ column, block: blockOf(site, column, entries) }));
  const shown = filled.filter(({ block }) => block.entries.length > 0);
  const { lead, used } = leadOf(shown);
  const rest = shown.filter((one) => !used.includes(one)).map(({ block }) => block);
  const blocks: HomeBlock[] = lead ? [lead] : [];
  const short = rest.map((block) => ({ ...block, entries: block.entries.slice(0, entriesPerBlock) }));
  if (short.length > 0) blocks.push({ kind: 'columns', blocks: short });
  const others = atlas.sites.filter((one) => one.id !== site.id);
  if (site.isPortal && others.length > 0) {
    blocks.push({
      kind: 'links',
      title: '部门和街道网站',
      links: others.map((one) => ({ name: one.shortName, url: atlas.link(site.id, one.id, '/') })),
    });
  }
  return blocks;
}

interface FilledColumn {
  readonly column: ColumnRow;
  readonly block: EntryBlock;
}

/** Fewer lines than this beside the pictures would leave a hole. */
const fewestLines = 4;

/**
 * The top of a home page: pictures of the first news column, and beside them its other entries or, when it
 * is a column of pictures only, the next news column. Nothing stands there twice.
 */
function leadOf(shown: readonly FilledColumn[]): {
  readonly lead: HomeBlock | undefined;
  readonly used: readonly FilledColumn[];
} {
  const [first, second] = shown.filter(({ column }) => column.kind === 'news');
  if (!first) return { lead: undefined, used: [] };
  const stories = first.block.entries.filter((entry) => entry.picture !== undefined).slice(0, mostStories);
  const pictured = new Set(stories.map((story) => story.url));
  const linesOf = ({ block }: FilledColumn) =>
    block.entries.filter((entry) => !pictured.has(entry.url)).slice(0, entriesPerBlock);
  const own = linesOf(first);
  const heading = own.length < fewestLines && stories.length > 0 && second ? second : first;
  return {
    lead: {
      kind: 'lead',
      title: heading.block.title,
      url: heading.block.url,
      stories,
      entries: heading === first ? own : linesOf(heading),
    },
    used: heading === first ? [first] : [first, heading],
  };
}

function blockOf(site: SiteRow, column: ColumnRow, { loader, rows, pinned }: Entries): EntryBlock {
  const top = pinned.filter((row) => row.columnId === column.id);
  const topIds = new Set(top.map((row) => row.resourceId));
  const own = rows.filter((row) => row.columnId === column.id && !topIds.has(row.resourceId));
  return {
    title: column.name,
    url: column.path,
    entries: loader.load(site.id, [...top, ...own]).map((one) => one.entry),
  };
}
