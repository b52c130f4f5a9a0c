import { describingApi } from '../../../contracts/describing.ts';
import type { ChineseWords } from '../../platform/chinese-words.ts';
import type { Routes } from '../../platform/http.ts';
import { suggestKeywords } from './suggest-keywords.ts';
import { suggestSummary } from './suggest-summary.ts';

/** `words` is asked when somebody wants a suggestion: most processes never need the dictionary. */
export function describingRoutes(words: () => ChineseWords): Routes {
  return (mount, { consult }) => {
    mount(describingApi.suggestKeywords, ({ caller, params }) =>
      consult(caller, 'describing.suggest-keywords', (reader) => suggestKeywords(reader, words(), params.id)),
    );
    mount(describingApi.suggestSummary, ({ caller, params }) =>
      consult(caller, 'describing.suggest-summary', (reader) => suggestSummary(reader, words(), params.id)),
    );
  };
}
