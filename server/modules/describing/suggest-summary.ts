import { bodiesIn } from '../../../contracts/blocks.ts';
import type { SuggestedSummary } from '../../../contracts/describing.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { RichBlock, RichDocument } from '../../../contracts/rich-text.ts';
import type { ChineseWords } from '../../platform/chinese-words.ts';
import type { Reader } from '../../platform/http.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import { getHead, getResource, typeAsItIs } from '../library/index.ts';
import { isKeywordForm } from './keyword.rules.ts';
import { loadRarities, mostCharacters, tagPieces } from './read-text.ts';
import { type Sentence, sentencesIn, summarise } from './summary.rules.ts';

const contractLimit = 500;
/** Words that are looked up for one text. */
const mostWords = 5_000;

/** A summary for whoever has a resource before them, from its newest text. */
export async function suggestSummary(
  reader: Reader,
  words: ChineseWords,
  id: string,
): Promise<SuggestedSummary> {
  const row = await getResource(reader, id);
  const { content } = await getHead(reader, row);
  const { fields } = await typeAsItIs(reader.db, row.type);
  const longest = fields.find((field) => field.key === 'summary')?.maxLength ?? contractLimit;
  const sentences = beginningOf(sentencesIn(paragraphsIn(content)));
  const [title = [], ...tagged] = await tagPieces(words, [
    content.title,
    ...sentences.map((one) => one.text),
  ]);
  const [titleWords = [], ...wordsOf] = [title, ...tagged].map((some) =>
    some.map((one) => one.word).filter(isKeywordForm),
  );
  const wanted = [...new Set(wordsOf.flat())].slice(0, mostWords);
  const summary = summarise(sentences, {
    words: wordsOf,
    titleWords: new Set(titleWords),
    rarity: await loadRarities(reader.db, words, wanted),
    longest: Math.min(longest, contractLimit),
  });
  return { summary };
}

function beginningOf(sentences: readonly Sentence[]): readonly Sentence[] {
  let length = 0;
  return sentences.filter(({ text }) => (length += text.length) <= mostCharacters);
}

/** Running text: what stands in tables and under pictures makes no sentences, and headings are none. */
function paragraphsIn(content: ResourceContent): readonly string[] {
  const bodies = [...(content.body ? [content.body] : []), ...bodiesIn(content.blocks ?? [])];
  return [...bodies.flatMap(paragraphsOf), ...(content.transcript ?? '').split('\n')];
}

function paragraphsOf({ content }: RichDocument): readonly string[] {
  return content
    .filter(isRunning)
    .flatMap((block) => plainText({ type: 'doc', content: [block] }).split('\n'));
}

const isRunning = ({ type }: RichBlock): boolean =>
  type === 'paragraph' || type === 'blockquote' || type === 'bulletList' || type === 'orderedList';
