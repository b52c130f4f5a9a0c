import type { Finding } from '../../../contracts/proofreading.ts';
import type { CheckedText, Checker, TextPart } from './checked-text.ts';

/** Pieces of a long part are about this long. */
const pieceLength = 2_000;

/**
 * What a checker finds, a step at a time: others get their turn between them. All steps together find what one run over
 * the whole text would.
 */
export function* stepsOf(checker: Checker, text: CheckedText): Generator<readonly Finding[]> {
  if (checker.reach === 'text') {
    yield checker.run(text);
    return;
  }
  for (const part of text.parts) {
    const pieces = checker.reach === 'line' ? piecesOf(part) : [{ part, offset: 0 }];
    for (const piece of pieces) {
      const found = checker.run({ ...text, parts: [piece.part] });
      yield piece.offset === 0 ? found : found.map((one) => movedBy(one, piece.offset));
    }
  }
}

interface Piece {
  readonly part: TextPart;
  readonly offset: number;
}

/** Whole lines; one that is too long itself ends where a sentence does, if it has sentences at all. */
function* piecesOf(part: TextPart): Generator<Piece> {
  const { text } = part;
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start + pieceLength);
    yield { part: { ...part, text: text.slice(start, end) }, offset: start };
    start = end;
  }
}

function endOfPiece(text: string, from: number): number {
  for (const sign of ['\n', '。']) {
    const at = text.indexOf(sign, from);
    if (at !== -1 && at < from + pieceLength) return at + 1;
  }
  return Math.min(text.length, from + pieceLength);
}

function movedBy(finding: Finding, offset: number): Finding {
  const { part, start, end } = finding.place;
  return { ...finding, place: { part, start: start + offset, end: end + offset } };
}
