import { configs } from 'opencc-js/preset/cn2t';

/**
 * What the 繁體 switch of the public pages works with (templates/assets/hant.js): the words of OpenCC's
 * simplified-to-traditional conversion, each written as what it shares with the line above (how many letters,
 * then the rest) and, unless it goes letter by letter, its traditional form. Half the size of the original.
 */
export function traditionalWords(): string {
  const letters = new Map<string, string>();
  const words = new Map<string, string>();
  for (const [simplified, traditional] of pairs()) {
    const into = Array.from(simplified).length === 1 ? letters : words;
    if (!into.has(simplified)) into.set(simplified, traditional);
  }
  const byLetters = (word: string): string =>
    Array.from(word, (letter) => letters.get(letter) ?? letter).join('');
  const all = [...letters, ...words].sort(([one], [other]) => (one < other ? -1 : 1));
  let last = '';
  const lines = all.map(([simplified, traditional]) => {
    const shared = sharedLetters(last, simplified);
    last = simplified;
    const isPlain = words.has(simplified) && byLetters(simplified) === traditional;
    return `${shared}${simplified.slice(shared)}${isPlain ? '' : `>${traditional}`}`;
  });
  return lines.join('\n');
}

const mostShared = 9;

function sharedLetters(one: string, other: string): number {
  let count = 0;
  while (count < mostShared && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

/** In the order in which OpenCC asks: a word of an earlier dictionary stands. */
function* pairs(): Generator<readonly [string, string]> {
  for (const dictionary of configs['s2t']?.conversionChain.flat() ?? []) {
    if (typeof dictionary !== 'string') throw new TypeError('the dictionaries of opencc-js are texts');
    for (const entry of dictionary.split('|')) {
      const [simplified, traditional] = entry.split(' ');
      if (simplified && traditional) yield [simplified, traditional];
    }
  }
}
