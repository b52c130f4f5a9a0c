export { answerSearch, parseSearchQuery } from './answer-search.ts';
export { hasDueKeys } from './document.queries.ts';
export { createIndexer, type Indexer, type IndexerParts } from './indexer.ts';
export { applyEvents, indexDirty } from './index-dirty.ts';
export { reindexAll, type ReindexParts } from './reindex-all.ts';
export { openSearchIndex, type SearchIndex, type SearchIndexOptions } from './search-index.ts';
export { createTokenizer, type Tokenizer } from './tokenizer.ts';
export type * from './search.types.ts';
