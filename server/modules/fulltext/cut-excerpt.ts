import { highlightText, type Segment, snippetOf } from '../../platform/marked-text.ts';
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

/** A short text whole, with what was looked for marked in it. */
export const markedOf = (text: string, { marks }: Question): readonly Segment[] => highlightText(text, marks);
