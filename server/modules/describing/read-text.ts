import { setImmediate as breathe } from 'node:timers/promises';

import type { ChineseWords, TaggedWord } from '../../platform/chinese-words.ts';
import type { Db } from '../../platform/db.ts';
import { countedTexts, frequenciesOf } from './word-frequency.queries.ts';

/** What a text is about stands in its first part; longer ones would take seconds. */
export const mostCharacters = 100_000;
/** So many characters are read in a few milliseconds; then others get their turn. */
const charactersAtOnce = 4_000;

/** The words of each piece of a text, without keeping anybody waiting. */
export async function tagPieces(
  words: ChineseWords,
  pieces: readonly string[],
): Promise<readonly (readonly TaggedWord[])[]> {
  const tagged: (readonly TaggedWord[])[] = [];
  let since = 0;
  for (const piece of pieces) {
    tagged.push(words.tag(piece));
    since += piece.length;
    if (since < charactersAtOnce) continue;
    since = 0;
    await breathe();
  }
  return tagged;
}

/** So many texts of this library weigh as much as general writing does. */
const textsOfDictionary = 500;
/** Of a word that the dictionary does not know: rare, but often only a name or cut wrongly. */
const unknownRarity = 9;

/** How rare words are: in this library, and as long as it is small in general writing. */
export async function loadRarities(
  db: Db,
  words: ChineseWords,
  wanted: readonly string[],
): Promise<(word: string) => number> {
  const texts = await countedTexts(db);
  const known = await frequenciesOf(db, wanted);
  const general = (word: string): number => Math.exp(-(words.rarity(word) ?? unknownRarity));
  return (word) =>
    Math.log((texts + textsOfDictionary) / ((known.get(word) ?? 0) + textsOfDictionary * general(word)));
}
