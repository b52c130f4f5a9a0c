import type { AlikeCharacters, CharacterLore } from './alike-characters.ts';
import { isHan } from './spelling-text.ts';

/** Chance that is the same every time: a training can be repeated. */
export type Chance = () => number;

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator repeat soon.
    return ((state >>> 8) ^ (Math.imul(state, 0x9e3779b1) >>> 8)) / 2 ** 24;
  };
}

export interface WrongWriting {
  readonly alike: AlikeCharacters;
  /** How often each character is seen: people write usual characters by mistake, not rare ones. */
  readonly singles: Uint32Array;
  readonly homophones: Homophones;
  readonly chance: Chance;
}

/** Words of two characters by their exact readings, with how frequent they are. */
export type Homophones = (first: number, second: number) => readonly (readonly [number, number, number])[];

export function findHomophones({ readings }: CharacterLore, words: ReadonlyMap<string, number>): Homophones {
  const byReading = new Map<string, [number, number, number][]>();
  const readingsOf = (code: number): readonly string[] => readings.get(code) ?? [];
  for (const [word, frequency] of words) {
    const [first, second] = [word.charCodeAt(0), word.charCodeAt(1)];
    for (const one of readingsOf(first)) {
      for (const two of readingsOf(second)) {
        const key = `${one} ${two}`;
        const known = byReading.get(key);
        if (known) known.push([first, second, frequency]);
        else byReading.set(key, [[first, second, frequency]]);
      }
    }
  }
  return (first, second) =>
    byReading.get(`${readingsOf(first)[0] ?? ''} ${readingsOf(second)[0] ?? ''}`) ?? [];
}

/** Of errors in writing so many are whole words of the same sound, and of the others so many of each kind. */
const shares = { words: 0.22, sameSound: 0.66, nearSound: 0.06 };

/** A text with one to three places written wrong, as people do who choose from what an input method offers. */
export function writeWrong(writing: WrongWriting, right: Uint16Array): Uint16Array {
  const { chance } = writing;
  const wrong = right.slice();
  const places: number[] = [];
  right.forEach((code, at) => {
    if (isHan(code)) places.push(at);
  });
  if (places.length < 3) return wrong;
  const errors = chance() < 0.62 ? 1 : chance() < 0.65 ? 2 : 3;
  for (let error = 0; error < errors; error += 1) {
    const at = places[Math.floor(chance() * places.length)] ?? 0;
    if (wrong[at] !== right[at]) continue;
    if (chance() < shares.words && writeWordWrong(writing, wrong, at)) continue;
    const other = characterFor(writing, right[at] ?? 0);
    if (other !== undefined) wrong[at] = other;
  }
  return wrong;
}

function writeWordWrong({ homophones, chance }: WrongWriting, codes: Uint16Array, at: number): boolean {
  const [first, second] = [codes[at] ?? 0, codes[at + 1] ?? 0];
  const others = homophones(first, second).filter(([one, two]) => one !== first && two !== second);
  const chosen = pick(others, ([, , frequency]) => Math.sqrt(frequency), chance);
  if (!chosen) return false;
  codes.set([chosen[0], chosen[1]], at);
  return true;
}

function characterFor({ alike, singles, chance }: WrongWriting, code: number): number | undefined {
  const places: number[] = [];
  for (let one = alike.starts[code] ?? 0; one < (alike.starts[code + 1] ?? 0); one += 1) places.push(one);
  const usual = (place: number, strength: number): number =>
    ((singles[alike.codes[place] ?? 0] ?? 0) + 1) ** strength;
  const kind = chance();
  const sound = kind < shares.sameSound ? 2 : 1;
  const place =
    kind < shares.sameSound + shares.nearSound
      ? pick(
          places.filter((one) => alike.sounds[one] === sound),
          (one) => usual(one, 0.4),
          chance,
        )
      : pick(
          places.filter((one) => (alike.shapes[one] ?? 0) > 0),
          (one) => Math.exp(0.08 * (alike.shapes[one] ?? 0)) * usual(one, 0.25),
          chance,
        );
  return place === undefined ? undefined : alike.codes[place];
}

function pick<One>(from: readonly One[], weightOf: (one: One) => number, chance: Chance): One | undefined {
  const weights = from.map(weightOf);
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, one] of from.entries()) {
    left -= weights[at] ?? 0;
    if (left <= 0) return one;
  }
  return from.at(-1);
}
