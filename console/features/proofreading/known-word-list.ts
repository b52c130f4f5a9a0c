/** What one file may bring at once; the district keeps no more. */
const mostAtOnce = 5_000;
const word = /^[\p{Script=Han}A-Za-z0-9·]{2,40}$/u;

export interface ReadWords {
  readonly words: readonly string[];
  /** Lines that are no word, each with its number. */
  readonly odd: readonly { readonly line: number; readonly text: string }[];
}

/** A word on each line, or parted by signs; each counts once. */
export function readWordList(text: string): ReadWords {
  const words = new Set<string>();
  const odd: { line: number; text: string }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    for (const part of line.split(/[\s,，;；、]+/).filter((one) => one !== '')) {
      if (word.test(part) && words.size < mostAtOnce) words.add(part);
      else odd.push({ line: index + 1, text: part.slice(0, 40) });
    }
  }
  return { words: [...words], odd };
}

/** In stretches as long as one request takes. */
export function inStretches<T>(list: readonly T[], length: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, at) =>
    list.slice(at * length, (at + 1) * length),
  );
}
