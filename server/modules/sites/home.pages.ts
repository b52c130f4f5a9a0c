import { type HomeBlock, type HomeProps, type PreparedChrome, renderHome } from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { type LiveResource, liveResources, resourceTag } from '../library/index.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';
import { loadEntries } from './entries.ts';
import { columnHeadTag, columnTag, homeTag, siteTag, urgentTag } from './events.ts';
import { newestListings, pinnedListings } from './listing.queries.ts';
import {
  type BlockShelf,
  type ColumnEntries,
  type ComposedPage,
  entryBlock,
  loadBlocks,
} from './load-blocks.ts';
import { siteFeedPath } from './feed.pages.ts';
import { inConsole, previewUrl } from './preview.ts';
import { entriesPerBlock, leadOf } from './show-block.ts';
import { allSites, type SiteRow } from './site.queries.ts';
import { loadUrgent, type UrgentLoader } from './urgent.pages.ts';

export interface HomePage {
  readonly props: HomeProps;
  readonly prepared: PreparedChrome;
}

/** Read a few more than are shown, so that pictures for the stories are found among them. */
const lookBack = 24;

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The home page of each site: as its unit composed it, or else from the columns that say they belong there. */
export function homePages(options: AtlasOptions): PageDefinition<HomePage> {
  return {
    kind: 'home',
    rank: 0,
    keysForTag: (tag) => {
      const match = /^(?:site|home|urgent):(\d+)$/.exec(tag);
      return match?.[1] === undefined ? [] : [`home/${match[1]}`];
    },
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `home/${site.id}`) : [],
    load: (db, keys) => loadHomes(db, options, keys.map(idOf)),
    render: ({ data }) => renderHome(data.props, data.prepared),
  };
}

async function loadHomes(
  db: Db,
  options: AtlasOptions,
  siteIds: readonly string[],
): Promise<readonly LoadedPage<HomePage>[]> {
  const atlas = await loadAtlas(db, options, siteIds);
  const urgent = await loadUrgent(db, atlas);
  const sites = siteIds.flatMap((id) => atlas.site(id) ?? []);
  const live = await liveResources(
    db,
    sites.flatMap((site) => site.homeResourceId ?? []),
  );
  const composed = new Map(
    sites.flatMap((site) => {
      const resource = site.homeResourceId === null ? undefined : live.get(site.homeResourceId);
      return resource ? [[site.id, pageFrom(site.id, resource)] as const] : [];
    }),
  );
  const shelf = await loadBlocks(db, options, [...composed.values()]);
  const pages: LoadedPage<HomePage>[] = [];
  for (const site of sites) {
    const page = composed.get(site.id);
    const made = page ? fromBlocks(shelf, page) : await fromColumns(db, atlas, site);
    const tags = new Set([
      siteTag(site.id),
      homeTag(site.id),
      urgentTag(site.id),
      ...urgent.tags,
      ...made.tags,
    ]);
    if (site.homeResourceId !== null) tags.add(resourceTag(site.homeResourceId));
    const data = dataOf(atlas, urgent, site, made.blocks);
    pages.push({
      key: `home/${site.id}`,
      site: site.id,
      path: '/',
      tags: [...tags],
      outcome: 'page',
      mediaType: htmlType,
      data,
    });
  }
  return pages;
}

const pageFrom = (siteId: string, { content }: Pick<LiveResource, 'content'>): ComposedPage => ({
  siteId,
  blocks: content.blocks ?? [],
});

function dataOf(atlas: Atlas, urgent: UrgentLoader, site: SiteRow, blocks: readonly HomeBlock[]): HomePage {
  const prepared = atlas.prepared(site.id);
  return {
    prepared,
    props: {
      chrome: prepared.chrome,
      description: site.description,
      keywords: [site.name, site.shortName],
      rssUrl: siteFeedPath,
      blocks,
      urgent: urgent.noticeFor(site.id),
    },
  };
}

interface Made {
  readonly blocks: readonly HomeBlock[];
  readonly tags: readonly string[];
}

function fromBlocks(shelf: BlockShelf, page: ComposedPage): Made {
  return { blocks: shelf.show(page), tags: shelf.tagsOf(page) };
}

async function fromColumns(db: Db, atlas: Atlas, site: SiteRow): Promise<Made> {
  const columns = atlas.columns
    .filter((column) => column.siteId === site.id && column.homePosition !== null && atlas.shown(column))
    .sort((a, b) => (a.homePosition ?? 0) - (b.homePosition ?? 0));
  const ids = columns.map((column) => column.id);
  const rows = await newestListings(db, ids, lookBack);
  const pinned = await pinnedListings(db, ids);
  const loader = await loadEntries(db, atlas, [...pinned, ...rows]);
  return {
    blocks: blocksOf(atlas, site, columns, { loader, rows, pinned }),
    tags: [
      ...ids.flatMap((id) => [columnHeadTag(id), columnTag(id)]),
      ...loader.tagsOf([...pinned, ...rows]),
    ],
  };
}

function blocksOf(
  atlas: Atlas,
  site: SiteRow,
  columns: readonly ColumnRow[],
  entries: ColumnEntries,
): readonly HomeBlock[] {
  const filled = columns.map((column) => ({ column, block: entryBlock(atlas, site.id, column, entries) }));
  const shown = filled.filter(({ block }) => block.entries.length > 0);
  const news = shown.filter(({ column }) => column.kind === 'news').map(({ block }) => block);
  const top = leadOf(news);
  const rest = shown.map(({ block }) => block).filter((block) => !top?.used.includes(block));
  const blocks: HomeBlock[] = top ? [top.lead] : [];
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

/** The home page as it will be when a revision is signed off. */
export async function previewHome(
  db: Db,
  options: AtlasOptions,
  { content }: Pick<LiveResource, 'content'>,
): Promise<string> {
  const siteId = content.siteId ?? '0';
  const atlas = await loadAtlas(db, options, [siteId]);
  const site = atlas.site(siteId);
  if (!site) throw new Error(`no site ${siteId}`);
  const page = pageFrom(siteId, { content });
  const shelf = await loadBlocks(db, options, [page], previewUrl);
  const { props, prepared } = dataOf(atlas, await loadUrgent(db, atlas), site, shelf.show(page));
  return inConsole(renderHome(props, prepared), site, options.base);
}
