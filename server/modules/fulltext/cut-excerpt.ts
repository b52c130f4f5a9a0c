import type { Db } from '../../platform/db.ts';
import { highlightText, type Segment, snippetOf } from '../../platform/marked-text.ts';
import { type EntryRow, stretchesOf } from './index.queries.ts';
import { foldWriting, type Question } from './understand-question.ts';

const excerptLength = 100;
const before = 300;
const after = 900;

/** Where the text holds the first of the terms, with all of them marked. */
export function excerptOf(text: string, { terms, marks }: Question): readonly Segment[] {
  const folded = foldWriting(text);
  const places = terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0);
  const first = places.length === 0 ? 0 : Math.min(...places);
  // A character may fold to several, so the place is only about right.
  return snippetOf(text.slice(Math.max(0, first - before), first + after), marks, excerptLength);
}

/** In the bytes of the index, three for a Chinese character. */
const longText = 120_000;

/**
 * The same for those of the rows whose texts are so long that reading them for a few words would be waste, by id. They are
 * cut out of the index by the database, and so shown in its writing: small letters, one form of brackets.
 */
export async function excerptsFromIndex(
  db: Db,
  rows: readonly Pick<EntryRow, 'id' | 'version'>[],
  { terms, marks }: Question,
  longerThan = longText,
): Promise<ReadonlyMap<string, readonly Segment[]>> {
  if (rows.length === 0) return new Map();
  const wish = { terms, longerThan, before, length: before + after };
  const stretches = await stretchesOf(db, rows, wish);
  return new Map(stretches.map(({ id, text }) => [id, snippetOf(text, marks, excerptLength)]));
}

/** A short text whole, with what was looked for marked in it. */
export const markedOf = (text: string, { marks }: Question): readonly Segment[] => highlightText(text, marks);
