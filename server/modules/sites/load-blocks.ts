import { sql } from 'kysely';

import { problemsOf } from '../../../contracts/block-problems.ts';
import { assetIdsOfBlocks, type Block, bodiesIn, columnIdsIn } from '../../../contracts/blocks.ts';
import type { EntryBlock, HomeBlock } from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { assetIdsIn } from '../../platform/rich-text/index.ts';
import { type ShownAsset, assetsById } from '../library/index.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import type { BlockMaterial } from './block-material.ts';
import { type ColumnRow, columnsById } from './column.queries.ts';
import { type EntryLoader, filePath, loadEntries } from './entries.ts';
import { columnHeadTag, columnTag } from './events.ts';
import { type ListingRow, newestListings, pinnedListings } from './listing.queries.ts';
import { picturePlace, wholePicture } from './picture-place.ts';
import { showBlock } from './show-block.ts';

/** The blocks of one page. */
export interface ComposedPage {
  readonly siteId: string;
  readonly blocks: readonly Block[];
}

/** What blocks show, read for many pages at once. */
export interface BlockShelf {
  /** What the page shows of them; a block that has nothing to show is left out. */
  show(page: ComposedPage): readonly HomeBlock[];
  /** Everything that decides what they show. */
  tagsOf(page: ComposedPage): readonly string[];
}

/** Read a few more than are shown, so that pictures for the stories are found among them. */
const lookBack = 24;
/** Nobody reads an exact larger number, and a home page must not wait for one. */
const mostCounted = 99_999;

export async function loadBlocks(
  db: Db,
  options: AtlasOptions,
  pages: readonly ComposedPage[],
  fileUrl: (asset: ShownAsset) => string = filePath,
): Promise<BlockShelf> {
  const blocks = pages.flatMap((page) => page.blocks);
  const columnIds = columnIdsIn(blocks);
  const columns = new Map((await columnsById(db, columnIds)).map((column) => [column.id, column]));
  const atlas = await loadAtlas(db, options, [
    ...pages.map((page) => page.siteId),
    ...[...columns.values()].map((column) => column.siteId),
  ]);
  const rows = await newestListings(db, columnIds, lookBack);
  const pinned = await pinnedListings(db, columnIds);
  const entries = { loader: await loadEntries(db, atlas, [...pinned, ...rows]), rows, pinned };
  const counts = await countEntries(db, countedIn(blocks));
  const { images, videos } = assetIdsOfBlocks(blocks);
  const inBodies = bodiesIn(blocks).flatMap(assetIdsIn);
  const assets = await assetsById(db, [...new Set([...images, ...videos, ...inBodies])]);
  const materialOf = (siteId: string): BlockMaterial => ({
    atlas,
    siteId,
    filled: (columnId) => {
      const column = columns.get(columnId);
      if (!column || !atlas.shown(column) || !atlas.leads(siteId, column.siteId)) return undefined;
      return entryBlock(atlas, siteId, column, entries);
    },
    count: (columnId) => {
      const column = columns.get(columnId);
      return column && atlas.shown(column) ? counts.get(columnId) : undefined;
    },
    asset: (id) => (id === undefined ? undefined : assets.get(id)),
    fileUrl,
    picture: (asset) =>
      fileUrl === filePath ? picturePlace(asset, filePath) : wholePicture(asset, fileUrl(asset)),
  });
  return {
    show: ({ siteId, blocks: wanted }) => {
      const material = materialOf(siteId);
      // A half-written block of a draft is not previewed; one that was signed is whole.
      return wanted.filter((one) => problemsOf(one).length === 0).flatMap((one) => showBlock(material, one));
    },
    tagsOf: ({ blocks: wanted }) => {
      const ids = new Set(columnIdsIn(wanted));
      const shown = [...pinned, ...rows].filter((row) => ids.has(row.columnId));
      return [
        ...[...ids].flatMap((id) => [columnHeadTag(id), columnTag(id)]),
        ...entries.loader.tagsOf(shown),
      ];
    },
  };
}

export interface ColumnEntries {
  readonly loader: EntryLoader;
  readonly rows: readonly ListingRow[];
  readonly pinned: readonly ListingRow[];
}

/** The newest entries of a column as a page of the site leads to them, pinned ones first; topics that are over stand in its list alone. */
export function entryBlock(
  atlas: Atlas,
  siteId: string,
  column: ColumnRow,
  { loader, rows, pinned }: ColumnEntries,
): EntryBlock {
  const top = pinned.filter((row) => row.columnId === column.id);
  const topIds = new Set(top.map((row) => row.resourceId));
  const own = rows.filter((row) => row.columnId === column.id && !topIds.has(row.resourceId));
  return {
    title: column.name,
    url: atlas.link(siteId, column.siteId, column.path),
    entries: loader
      .load(siteId, [...top, ...own])
      .map((one) => one.entry)
      .filter((entry) => entry.archived !== true),
  };
}

function countedIn(blocks: readonly Block[]): readonly string[] {
  return columnIdsIn(blocks.filter((one) => one.kind === 'figures'));
}

async function countEntries(db: Db, columnIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (columnIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; number: string }>`
    select wanted.id, (
      select count(*) from (
        select 1 from sites.listing where column_id = wanted.id limit ${mostCounted + 1}
      ) as few
    ) as number from unnest(${[...columnIds]}::bigint[]) as wanted (id)`.execute(db);
  return new Map(rows.map(({ id, number }) => [id, written(Number(number))]));
}

function written(number: number): string {
  const digits = String(Math.min(number, mostCounted)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return number > mostCounted ? `${digits}+` : digits;
}
