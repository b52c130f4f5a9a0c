/** A stretch of a text, and whether it is what was looked for. */
export interface Segment {
  readonly text: string;
  readonly hit: boolean;
}

interface Folded {
  readonly text: string;
  /** For every position of the folded text, where its character begins in the original. */
  readonly starts: readonly number[];
}

/** Folds character by character, so that a hit in the folded text can be shown in the original. */
function foldWithPositions(text: string): Folded {
  const parts: string[] = [];
  const starts: number[] = [];
  let position = 0;
  for (const character of text) {
    const folded = character.normalize('NFKC').toLowerCase();
    for (let i = 0; i < folded.length; i += 1) starts.push(position);
    parts.push(folded);
    position += character.length;
  }
  starts.push(position);
  return { text: parts.join(''), starts };
}

const isWordLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character) && !/\p{Script=Han}/u.test(character);

/** A term of Latin letters or digits hits whole words only: `3` is not marked inside `2035`. */
function standsAlone(text: string, at: number, length: number): boolean {
  const first = text[at];
  const last = text[at + length - 1];
  return (
    !(isWordLetter(first) && isWordLetter(text[at - 1])) &&
    !(isWordLetter(last) && isWordLetter(text[at + length]))
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function findRanges(folded: string, terms: readonly string[]): Range[] {
  const found: Range[] = [];
  for (const term of terms) {
    if (term === '') continue;
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
      if (standsAlone(folded, at, term.length)) found.push({ from: at, to: at + term.length });
    }
  }
  found.sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: number; to: number }[] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

function cutSegments(text: string, ranges: readonly Range[]): Segment[] {
  const segments: Segment[] = [];
  let position = 0;
  for (const { from, to } of ranges) {
    if (to <= position) continue;
    const start = Math.max(from, position);
    if (start > position) segments.push({ text: text.slice(position, start), hit: false });
    segments.push({ text: text.slice(start, to), hit: true });
    position = to;
  }
  if (position < text.length) segments.push({ text: text.slice(position), hit: false });
  return segments;
}

function originalRanges(folded: Folded, ranges: readonly Range[]): Range[] {
  return ranges.map(({ from, to }) => {
    const begin = folded.starts[from] ?? 0;
    let end = to;
    // One character may fold to several (㎡ → m2); a hit on part of it marks the whole character.
    while (end < folded.text.length && folded.starts[end] === folded.starts[end - 1]) end += 1;
    return { from: begin, to: folded.starts[end] ?? begin };
  });
}

/** The whole text, cut where hits begin and end. `terms` are folded. */
export function highlightText(text: string, terms: readonly string[]): Segment[] {
  const folded = foldWithPositions(text);
  return cutSegments(text, originalRanges(folded, findRanges(folded.text, terms)));
}

/** Where the window of `length` with the most different (and the longest) terms begins. */
function bestWindow(ranges: readonly Range[], folded: string, length: number): number {
  let best = 0;
  let bestWeight = -1;
  for (const [index, first] of ranges.entries()) {
    const seen = new Set<string>();
    let weight = 0;
    for (let i = index; i < ranges.length; i += 1) {
      const range = ranges[i];
      if (!range || range.to > first.from + length) break;
      const text = folded.slice(range.from, range.to);
      weight += seen.has(text) ? 0.1 : text.length;
      seen.add(text);
    }
    if (weight > bestWeight) {
      bestWeight = weight;
      best = first.from;
    }
  }
  return best;
}

const longestScanned = 50_000;

/** A stretch of about `length` characters around the densest hits, with an ellipsis where it was cut. */
export function snippetOf(body: string, terms: readonly string[], length = 140): Segment[] {
  const text = body.slice(0, longestScanned).replace(/\s+/gu, ' ').trim();
  const folded = foldWithPositions(text);
  const ranges = findRanges(folded.text, terms);
  const at = ranges.length === 0 ? 0 : bestWindow(ranges, folded.text, length);
  let from = folded.starts[Math.max(0, at - 20)] ?? 0;
  // Begin at a sentence when one begins just before.
  const lead = Math.max(0, from - 20);
  const stop = text.slice(lead, folded.starts[at] ?? 0).search(/[。！？；!?;][^。！？；!?;]*$/u);
  if (from > 0 && stop >= 0) from = lead + stop + 1;
  let to = Math.min(text.length, from + length);
  // A pair of surrogates stays together.
  if (/[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to += 1;
  const shown = text.slice(from, to).trim();
  const segments = highlightText(shown, terms);
  if (from > 0) segments.unshift({ text: '…', hit: false });
  if (to < text.length) segments.push({ text: '…', hit: false });
  return segments;
}
