import { randomInt } from 'node:crypto';

import { type PasswordOwner, problemsOfPassword } from './password.rules.ts';

// No letter or digit that is mistaken for another one on paper.
const consonants = 'bcdfghjkmnpqrstvwxz';
const vowels = 'aeiu';
const digits = '23456789';

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}

function word(): string {
  const syllables = [0, 1, 2].map(() => pick(consonants) + pick(vowels)).join('');
  return syllables.charAt(0).toUpperCase() + syllables.slice(1);
}

/** A password that can be read out on the telephone: `Bemaku-Tasiru-Nefuda-47`, about 2^62 of them. */
export function generateInitialPassword(owner: PasswordOwner): string {
  for (;;) {
    const password = `${word()}-${word()}-${word()}-${pick(digits)}${pick(digits)}`;
    if (problemsOfPassword(password, owner).length === 0) return password;
  }
}
