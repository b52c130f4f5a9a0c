import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import {
  createTokenizer,
  openSearchIndex,
  type SearchDocument,
  type SearchIndex,
  type SearchIndexOptions,
  type SearchQuery,
} from '../../server/modules/search/index.ts';

export const silentSearchLog = pino({ level: 'silent' });
// Its dictionary takes a moment to load; nothing in it changes.
const tokenizer = createTokenizer();

export interface SearchFolder {
  readonly directory: string;
  /** Once, or as several processes do. */
  readonly open: (wishes?: Pick<SearchIndexOptions, 'mergeFrom'>) => SearchIndex;
  readonly remove: () => Promise<void>;
}

/** A place for an index of a test's own. */
export async function aSearchFolder(): Promise<SearchFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-search-test-'));
  return {
    directory,
    open: (wishes = {}) => openSearchIndex({ directory, log: silentSearchLog, tokenizer, ...wishes }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A page that can be found; the higher its number, the newer. */
export function aSearchPage(id: number, title: string, fields: Partial<SearchDocument> = {}): SearchDocument {
  return {
    key: `article/${id}`,
    version: 1,
    site: '1',
    siteName: '门户',
    unit: '3',
    unitName: '住建局',
    kind: 'article',
    title,
    body: '正文内容。',
    summary: '',
    documentNumber: null,
    url: `/a/${id}.html`,
    publishedAt: new Date(Date.UTC(2026, 0, 1 + id)),
    year: 2026,
    ...fields,
  };
}

/** A question to everything. */
export function aSearchQuery(q: string, more: Partial<SearchQuery> = {}): SearchQuery {
  return {
    q,
    scope: null,
    kind: null,
    unit: null,
    year: null,
    page: 1,
    size: 50,
    order: 'relevance',
    ...more,
  };
}
