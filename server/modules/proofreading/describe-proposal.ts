import { countOfLevel, type GramTable, levelAt, longestGram } from './gram-table.ts';
import { type KnownStretches, margin, type Passage, reach, seen } from './known-stretches.ts';
import { boundary, isHan } from './spelling-text.ts';

const figuresOfProposal = 9;
const figuresOfSide = 17;
const figuresOfSurroundings = 8;
/** What speaks for and against a proposal, in figures for the forest. */
export const rowLength = figuresOfProposal + 2 * figuresOfSide + figuresOfSurroundings;

/** Writes figure after figure. */
export class RowWriter {
  readonly row = new Float32Array(rowLength);
  #next = 0;

  add(figure: number): void {
    this.row[this.#next++] = figure;
  }
}

/** How well known a passage is: the same figures for what stands there and for what could. */
export function describeSide(words: GramTable, passage: Passage, writer: RowWriter): void {
  const { width } = passage;
  let longest = 0;
  for (let length = 2; length <= longestGram; length += 1) {
    const { best, stretches } = coveringStretches(passage, length);
    if (best > 0) longest = length;
    writer.add(Math.log1p(best));
    writer.add(stretches);
  }
  writer.add(longest);
  const last = reach + width - 1;
  writer.add(Math.log1p(seen(passage, 2, reach - 1)));
  writer.add(Math.log1p(seen(passage, 2, last)));
  writer.add(Math.log1p(seen(passage, 3, reach - 2)));
  writer.add(Math.log1p(seen(passage, 3, last)));
  writer.add(Math.log1p(seen(passage, width + 2, reach - 1)));
  writer.add(Math.log1p(Math.min(seen(passage, 1, reach), seen(passage, 1, last))));
  describeWord(words, passage, writer);
}

/** Of the stretches of a length that cover what is in question: how often the best was seen, and how many were. */
function coveringStretches(
  passage: Passage,
  length: number,
): { readonly best: number; readonly stretches: number } {
  let [best, stretches] = [0, 0];
  if (length < passage.width) return { best, stretches };
  for (let start = Math.max(0, reach + passage.width - length); start <= reach; start += 1) {
    const count = seen(passage, length, start);
    if (count > best) best = count;
    if (count > 0) stretches += 1;
  }
  return { best, stretches };
}

const longestWord = 4;

/** The longest word of the dictionary that covers what is in question. */
function describeWord(words: GramTable, { codes, width }: Passage, writer: RowWriter): void {
  for (let length = longestWord; length >= 2; length -= 1) {
    let level = 0;
    for (let start = reach + width - length; start <= reach; start += 1) {
      level = Math.max(level, levelAt(words, codes, start, length));
    }
    if (level === 0) continue;
    writer.add(length);
    writer.add(Math.log1p(countOfLevel[level] ?? 0));
    return;
  }
  writer.add(0);
  writer.add(0);
}

function kindOf(code: number): number {
  if (code === boundary) return 2;
  return isHan(code) ? 0 : 1;
}

/** How well known is what stands around: nobody can tell errors in a passage of strange names. */
export function describeSurroundings(
  known: KnownStretches,
  at: number,
  passage: Passage,
  writer: RowWriter,
): void {
  const after = reach + passage.width;
  writer.add(Math.log1p(seen(passage, 2, reach - 2)));
  writer.add(Math.log1p(seen(passage, 2, after)));
  writer.add(Math.log1p(seen(passage, 3, reach - 3)));
  writer.add(Math.log1p(seen(passage, 3, after)));
  writer.add(kindOf(passage.codes[reach - 1] ?? boundary));
  writer.add(kindOf(passage.codes[after] ?? boundary));
  const [familiar, looked] = familiarity(known, at, passage.width);
  writer.add(familiar);
  writer.add(looked);
}

const neighbours = 6;

/** From 0 to 2, how well known the neighbours are on the average, and how many were looked at. */
function familiarity(
  { codes, levels }: KnownStretches,
  at: number,
  width: number,
): readonly [number, number] {
  const [, threes, fours] = levels;
  const first = Math.max(margin, at - neighbours);
  const end = Math.min(codes.length - margin, at + width + neighbours);
  let [looked, known] = [0, 0];
  for (let start = first; start < end; start += 1) {
    // Stretches that begin here hold what is in question.
    if (start >= at - 2 && start < at + width) continue;
    looked += 1;
    if ((threes?.[start] ?? 0) === 0) continue;
    known += (fours?.[start] ?? 0) > 0 ? 2 : 1;
  }
  return [looked > 0 ? known / looked : 0, looked];
}
