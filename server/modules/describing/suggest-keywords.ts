import { mostSuggestedKeywords, type SuggestedKeywords } from '../../../contracts/describing.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { ChineseWords } from '../../platform/chinese-words.ts';
import type { Reader } from '../../platform/http.ts';
import { unitsById } from '../identity/index.ts';
import { getHead, getResource, textOf } from '../library/index.ts';
import { preferredLabels } from '../vocabulary/index.ts';
import { keywordCandidates, rankKeywords } from './keyword.rules.ts';
import { loadRarities, mostCharacters, tagPieces } from './read-text.ts';

/** What comes after these has no chance, and would only make statements long. */
const mostCandidates = 500;

/** Keywords for whoever has a resource before them, from its newest text. */
export async function suggestKeywords(
  { db, actor, now }: Reader,
  words: ChineseWords,
  id: string,
): Promise<SuggestedKeywords> {
  const row = await getResource({ db, actor }, id);
  const { content } = await getHead({ db }, row);
  const lines = textOf(content).slice(0, mostCharacters).split('\n');
  const [title = [], ...body] = await tagPieces(words, [content.title, ...lines]);
  // A sign between two lines, so that no term reaches over their end.
  const between = { word: '\n', tag: 'x' };
  const all = keywordCandidates(
    title,
    body.flatMap((line) => [...line, between]),
  );
  const candidates = [...all]
    .sort((one, other) => weight(other) - weight(one) || (one.text < other.text ? -1 : 1))
    .slice(0, mostCandidates);
  const rarity = await loadRarities(db, words, [...new Set(candidates.flatMap((one) => one.parts))]);
  const labels = await preferredLabels(
    db,
    candidates.map((one) => one.text),
    dayInChina(now),
  );
  const unit = (await unitsById(db, [row.unitId])).get(row.unitId);
  const keywords = rankKeywords(candidates, {
    rarity,
    preferred: (text) => labels.get(text),
    ownNames: unit ? [unit.name, unit.shortName] : [],
    taken: content.keywords ?? [],
    most: mostSuggestedKeywords,
  });
  return { keywords: [...keywords] };
}

const weight = ({ inTitle, inBody, kind }: ReturnType<typeof keywordCandidates>[number]): number =>
  (inTitle * 4 + inBody) * kind;
