import strokeOrders from 'cnchar-order';
import { pinyin } from 'pinyin-pro';

import type { CharacterLore } from './alike-characters.ts';

/** Readings and strokes of every character whose strokes are known, some 6,900: what people read and write. Takes a second. */
export function loadCharacterLore(): CharacterLore {
  // Its types tell of a module with a default export; what Node loads is the thing itself.
  const { dict } = strokeOrders as unknown as {
    readonly dict: { readonly orders: Readonly<Record<string, string>> };
  };
  const strokes = new Map<number, string>();
  const readings = new Map<number, readonly string[]>();
  for (const [letter, order] of Object.entries(dict.orders)) {
    if (letter.length !== 1) continue;
    const code = letter.charCodeAt(0);
    strokes.set(code, order);
    const all = pinyin(letter, { toneType: 'none', multiple: true, type: 'array', v: true });
    readings.set(
      code,
      [...new Set(all)].filter((reading) => /^[a-z]+$/u.test(reading)),
    );
  }
  return { strokes, readings };
}

/** Words of two to four characters in the dictionary of the segmenter, with their frequencies. */
export function readDictionary(bytes: Uint8Array): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    const [word = '', frequency = ''] = line.split(' ');
    if (word.length >= 2 && word.length <= 4 && frequency !== '') words.set(word, Number(frequency));
  }
  return words;
}
