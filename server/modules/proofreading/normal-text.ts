import { configs } from 'opencc-js/preset/t2cn';

/** A text in the one way of writing in which terms are looked for, and where each character stood before. */
export interface NormalText {
  readonly codes: Uint16Array;
  /** For each of them its place in the text; one more for the end. */
  readonly places: Int32Array;
}

/** Longer runs of spaces and signs part what stands on both sides of them. */
const longestGap = 8;
/** What people put between the characters of a word, so that no list finds it. Marks that end a sentence or part a list are none. */
const gapSigns = ' \u00a0\u3000\t*-_·•・.|/~^`\'"+=#@&\u2022\u2014\uff5e';
/** What nobody sees. */
const invisibleSigns = '\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff';

const ordinary = 0;
const gap = 1;
const invisible = 2;
const han = 3;

interface Signs {
  /** The character that stands for all its ways of writing. */
  readonly folded: Uint16Array;
  readonly kinds: Uint8Array;
}

/**
 * Half width for full width, small letters for capitals, simplified characters for traditional ones, one for one, so
 * that places can be told.
 */
function makeSigns(): Signs {
  const folded = Uint16Array.from({ length: 0x1_0000 }, (_, code) => code);
  for (let code = 0xff01; code <= 0xff5e; code += 1) folded[code] = code - 0xfee0;
  folded[0x3000] = 0x20;
  for (const [traditional, simplified] of simplifiedCharacters()) folded[traditional] = simplified;
  for (let code = 0; code < folded.length; code += 1) {
    const plain = folded[code] ?? code;
    if (plain >= 0x41 && plain <= 0x5a) folded[code] = plain + 0x20;
  }
  const kinds = new Uint8Array(0x1_0000);
  kinds.fill(han, 0x3400, 0xa000);
  kinds.fill(han, 0xf900, 0xfb00);
  for (const sign of gapSigns) kinds[sign.charCodeAt(0)] = gap;
  for (const sign of invisibleSigns) kinds[sign.charCodeAt(0)] = invisible;
  return { folded, kinds };
}

function* simplifiedCharacters(): Generator<readonly [number, number]> {
  for (const dictionary of configs['t2s']?.conversionChain.flat() ?? []) {
    if (typeof dictionary !== 'string') throw new TypeError('the dictionaries of opencc-js are texts');
    for (const entry of dictionary.split('|')) {
      const [traditional, simplified] = entry.split(' ');
      if (traditional?.length === 1 && simplified?.length === 1) {
        yield [traditional.charCodeAt(0), simplified.charCodeAt(0)];
      }
    }
  }
}

const made: { signs?: Signs } = {};
const signsOf = (): Signs => (made.signs ??= makeSigns());

/**
 * Characters in their one way of writing. Between two Chinese characters spaces and signs that part no sentence are
 * left out; between letters and digits they stay, because `15` is not `1.5`.
 */
export function normalize(text: string): NormalText {
  const { folded, kinds } = signsOf();
  const codes = new Uint16Array(text.length);
  const places = new Int32Array(text.length + 1);
  let length = 0;
  let lastKind = ordinary;
  const keep = (at: number, code: number): void => {
    codes[length] = folded[code] ?? code;
    places[length] = at;
    length += 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kinds[code] ?? ordinary;
    if (kind === invisible) continue;
    if (kind === gap && lastKind === han) {
      const end = endOfGap(text, at, kinds);
      if (end > at) {
        at = end - 1;
        continue;
      }
    }
    keep(at, code);
    lastKind = kind;
  }
  places[length] = text.length;
  return { codes: codes.subarray(0, length), places: places.subarray(0, length + 1) };
}

/** Where the gap that begins here ends, when a Chinese character follows soon; else where it begins. */
function endOfGap(text: string, start: number, kinds: Uint8Array): number {
  for (let at = start; at < text.length && at - start <= longestGap; at += 1) {
    const kind = kinds[text.charCodeAt(at)];
    if (kind === han) return at;
    if (kind !== gap && kind !== invisible) break;
  }
  return start;
}

const decoder = new TextDecoder('utf-16le');

export function textOf({ codes }: NormalText): string {
  return decoder.decode(codes);
}

/** A word of a list as it is looked for. */
export function normalizeTerm(term: string): string {
  return textOf(normalize(term.trim()));
}

/** The text between two of its normal characters, as it was written. */
export function writtenRange(
  { places }: NormalText,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  return { start: places[start] ?? 0, end: (places[end - 1] ?? 0) + 1 };
}
