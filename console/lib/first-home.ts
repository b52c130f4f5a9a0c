import { type Block, mostBlocks } from '../../contracts/blocks.ts';
import type { ResourceContent } from '../../contracts/library.ts';
import { type Column, type Site, sitesApi } from '../../contracts/sites.ts';
import type { Client } from './client.ts';

/** A name for a new block that no other block of the page has. */
export function newKey(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(numbers, (number) => number.toString(36).padStart(2, '0')).join('');
}

const columnsOfBlock = 6;

/** What the columns of a site compose by themselves, as blocks: who changes a home page begins with what is there. */
export function firstBlocks(columns: readonly Column[]): Block[] {
  const shown = columns
    .filter((column) => column.homePosition !== null && !column.closed && column.kind !== 'channel')
    .toSorted((a, b) => (a.homePosition ?? 0) - (b.homePosition ?? 0));
  const [first, second] = shown.filter(({ kind }) => kind === 'news');
  const rest = shown.filter((column) => column !== first && column !== second).map(({ id }) => id);
  const blocks: Block[] = [];
  if (first) {
    const more = second ? { secondColumnId: second.id } : {};
    blocks.push({ key: newKey(), kind: 'lead', columnId: first.id, ...more });
  }
  for (let from = 0; from < rest.length; from += columnsOfBlock) {
    blocks.push({ key: newKey(), kind: 'columns', columnIds: rest.slice(from, from + columnsOfBlock) });
  }
  return blocks.slice(0, mostBlocks);
}

/** The first draft of a home page. */
export async function firstHome(
  client: Client,
  site: Pick<Site, 'id' | 'shortName'>,
  title = `${site.shortName}首页`,
): Promise<ResourceContent> {
  const columns = await client.call(sitesApi.listColumns, { query: { siteId: site.id } });
  return { title, openMode: '主动公开', siteId: site.id, blocks: firstBlocks(columns) };
}
