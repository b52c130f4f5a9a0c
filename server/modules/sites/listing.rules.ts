/** Entries of one archive page, and the least that the newest page shows while there are as many. */
export const entriesPerPage = 20;

/** Resources of one part of a site's sitemap.xml, by id. */
export const resourcesPerSitemap = 2000;

/** Pages are numbered from the oldest: a sequence never changes its page. */
export function blockOf(sequence: bigint | number | string): number {
  return Number((BigInt(sequence) + BigInt(entriesPerPage) - 1n) / BigInt(entriesPerPage));
}

export function sequencesOf(block: number): { readonly first: number; readonly last: number } {
  return { first: (block - 1) * entriesPerPage + 1, last: block * entriesPerPage };
}

/**
 * The last two blocks stand on the column's own page, all before them on archive pages of their own.
 * 0 when there are none.
 */
export function lastArchiveBlock(lastSequence: bigint | number | string): number {
  return Math.max(0, blockOf(lastSequence) - 2);
}

/** Archive pages whose content or links change when a column grows from one last sequence to another. */
export function blocksTouchedByGrowth(before: string, after: string): readonly number[] {
  const from = Math.max(1, lastArchiveBlock(before));
  const to = lastArchiveBlock(after);
  if (to <= lastArchiveBlock(before)) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function sitemapBlockOf(resourceId: string): number {
  return Number(BigInt(resourceId) / BigInt(resourcesPerSitemap));
}
