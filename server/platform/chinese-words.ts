import { Jieba } from '@node-rs/jieba';
import { dict, idf } from '@node-rs/jieba/dict.js';

/** A word of a text and what kind of word it is, in the letters of the dictionary (`n`, `vn`, `ns`, `eng` …). */
export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}

/** Words of Chinese texts. */
export interface ChineseWords {
  /** All words and signs in their order. */
  cut(text: string): readonly string[];
  /** The same, with the kind of each word; takes about twice as long. */
  tag(text: string): readonly TaggedWord[];
  /** How rare a word is in general writing (inverse document frequency); undefined when the dictionary does not know. */
  rarity(word: string): number | undefined;
}

/** Loading the dictionary takes some 100 ms and 50 MB, so a process loads one and hands it on. */
export function loadChineseWords(): ChineseWords {
  const jieba = Jieba.withDict(dict);
  return {
    cut: (text) => jieba.cut(text, true),
    tag: (text) => jieba.tag(text, true),
    rarity: indexRarities(idf),
  };
}

const newLine = 0x0a;
const space = 0x20;
/** A power of two, four times the number of lines. */
const places = 1 << 20;

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) & (places - 1);
}

/**
 * Finds lines of `word number` in the bytes they came in: a map of 270,000 of them would take 60 MB for the few that a
 * text asks for.
 */
function indexRarities(bytes: Uint8Array): (word: string) => number | undefined {
  // Where each line begins, plus one; zero is free.
  const table = new Int32Array(places);
  for (let start = 0; start < bytes.length;) {
    const gap = bytes.indexOf(space, start);
    if (gap < 0) break;
    let place = hashOf(bytes, start, gap);
    while (table[place] !== 0) place = (place + 1) & (places - 1);
    table[place] = start + 1;
    const end = bytes.indexOf(newLine, gap);
    start = end < 0 ? bytes.length : end + 1;
  }
  const decoder = new TextDecoder();
  const isAt = (start: number, word: Uint8Array): boolean =>
    word.every((byte, at) => bytes[start + at] === byte) && bytes[start + word.length] === space;
  return (text) => {
    const word = new TextEncoder().encode(text);
    for (let place = hashOf(word, 0, word.length); table[place] !== 0; place = (place + 1) & (places - 1)) {
      const start = (table[place] ?? 1) - 1;
      if (!isAt(start, word)) continue;
      const end = bytes.indexOf(newLine, start);
      return Number(
        decoder.decode(bytes.subarray(start + word.length + 1, end < 0 ? bytes.length : end)).trim(),
      );
    }
    return undefined;
  };
}
