import type { Examples } from '../examples.ts';
import { searchExamples } from '../../pages/search.examples.ts';
import { SearchResults } from './search-results.tsx';

export const searchResultsExamples: Examples = {
  'several kinds': <SearchResults results={searchExamples['results of several kinds']} />,
  'nothing found': <SearchResults results={searchExamples['nothing found']} />,
};
