import { nearSound, type CharacterLore } from './alike-characters.ts';

/** Words of two characters, found by how they sound. */
export interface WordSounds {
  /** Where the near sounds of a character begin, by code. */
  readonly starts: Uint32Array;
  readonly sounds: Uint16Array;
  /** The pairs of sounds that some word has, ascending. */
  readonly pairs: Uint32Array;
  /** Where the words of each pair begin; one more than there are pairs. */
  readonly begins: Uint32Array;
  /** Two codes for each word. */
  readonly words: Uint16Array;
}

const mostSounds = 1_024;

export function indexSounds({ readings }: CharacterLore, words: readonly string[]): WordSounds {
  const numbers = new Map<string, number>();
  const starts = new Uint32Array(65_537);
  const sounds: number[] = [];
  for (let code = 0; code < 65_536; code += 1) {
    starts[code] = sounds.length;
    for (const sound of new Set((readings.get(code) ?? []).map(nearSound))) {
      const number = numbers.get(sound) ?? numbers.size;
      numbers.set(sound, number);
      sounds.push(number);
    }
  }
  starts[65_536] = sounds.length;
  const byPair = new Map<number, string[]>();
  for (const word of words) {
    for (const pair of pairsOf({ starts, sounds }, word.charCodeAt(0), word.charCodeAt(1))) {
      const known = byPair.get(pair);
      if (known) known.push(word);
      else byPair.set(pair, [word]);
    }
  }
  const pairs = Uint32Array.from(byPair.keys()).sort();
  const lists = [...pairs].map((pair) => byPair.get(pair) ?? []);
  const begins = new Uint32Array(pairs.length + 1);
  lists.forEach((list, at) => (begins[at + 1] = (begins[at] ?? 0) + list.length));
  const codes = lists.flat().flatMap((word) => [word.charCodeAt(0), word.charCodeAt(1)]);
  return { starts, sounds: Uint16Array.from(sounds), pairs, begins, words: Uint16Array.from(codes) };
}

function pairsOf(
  { starts, sounds }: { readonly starts: Uint32Array; readonly sounds: ArrayLike<number> },
  first: number,
  second: number,
): readonly number[] {
  const pairs: number[] = [];
  for (let one = starts[first] ?? 0; one < (starts[first + 1] ?? 0); one += 1) {
    for (let two = starts[second] ?? 0; two < (starts[second + 1] ?? 0); two += 1) {
      pairs.push((sounds[one] ?? 0) * mostSounds + (sounds[two] ?? 0));
    }
  }
  return pairs;
}

/** The words that two characters could have been meant as, both of them wrong: two codes for each. */
export function wordsSounding(index: WordSounds, first: number, second: number): readonly number[] {
  const { pairs, begins, words } = index;
  const found: number[] = [];
  for (const pair of pairsOf(index, first, second)) {
    const at = placeIn(pairs, pair);
    if (at === undefined) continue;
    for (let word = begins[at] ?? 0; word < (begins[at + 1] ?? 0); word += 1) {
      const [left = 0, right = 0] = [words[word * 2], words[word * 2 + 1]];
      if (left !== first && right !== second) found.push(left, right);
    }
  }
  return found;
}

function placeIn(sorted: Uint32Array, wanted: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted ? low : undefined;
}
